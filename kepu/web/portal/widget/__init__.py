"""The activities of a place or a field on somebody else's site: a frame without scripts, or a small script.

``views.activities`` is the only page of ours that others may frame. It sets no cookie and looks at none.
"""
