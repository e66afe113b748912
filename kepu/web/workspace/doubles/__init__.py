"""Activities that may be the same: the list of pairs, and one pair side by side, to be decided by a person."""
