"""Seasons as a whole: the next one begun as a copy, and two of them compared."""
