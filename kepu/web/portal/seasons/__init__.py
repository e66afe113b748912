"""The seasons there were: what became of each, with its notices and the way to its activities."""
