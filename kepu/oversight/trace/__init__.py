"""The trace as sentences: on a thing, on a unit, on a person, in an area; who looked at somebody's personal data; its export.

A reader is an Actor. Which rows somebody reads and whom they find named in them stands in ``rules``; a page costs the
same number of queries however many rows it has.
"""
