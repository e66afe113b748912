"""What became of the notices that the unit sent."""
