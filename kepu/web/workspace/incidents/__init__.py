"""Incidents: reported from an activity, carried on and closed on a page of their own, listed for who oversees."""
