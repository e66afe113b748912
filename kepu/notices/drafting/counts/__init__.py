"""Numbers that a text asks for: what a number counts, of whom it is asked, and whether of one activity or of all."""
