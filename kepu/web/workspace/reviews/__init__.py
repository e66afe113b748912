"""What waits for the review of the unit acted for."""
