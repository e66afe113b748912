"""A unit's own programme: its days, whose turn it is, what it owes; and all of it as a file."""
