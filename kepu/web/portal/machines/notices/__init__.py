"""The notices for feed readers: what was issued last first; what was corrected, replaced or withdrawn comes again.

``asking`` is what an address asks for, ``telling`` a notice in plain text, ``writing`` the two formats.
"""
