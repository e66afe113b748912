"""Main venues: from the nation's down to those of a place and of the places in it."""
