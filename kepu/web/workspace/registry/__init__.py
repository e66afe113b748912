"""The units in the scope of the unit acted for: the list, each one's page, what becomes of it, what belongs to it."""
