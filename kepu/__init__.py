"""Kepu runs a National Science Day: its notices, its activities, and what is handed up."""

__version__ = "0.1.0"
