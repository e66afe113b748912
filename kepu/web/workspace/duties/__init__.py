"""What the unit owes, and handing it in."""
