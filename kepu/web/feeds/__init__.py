"""Calendars for other programs: no sign-in, but an address that nobody can guess."""
