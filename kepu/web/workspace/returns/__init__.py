"""Returns: what others have handed in to the unit, and the record of what it handed in itself."""
