"""The unit's calendar: by month, as a list, and as a feed for other programs."""
