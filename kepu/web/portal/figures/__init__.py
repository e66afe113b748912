"""The season in figures: what is counted, for which place, as of when, and how each figure is counted."""
