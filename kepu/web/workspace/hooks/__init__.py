"""Where the unit's messages are pushed to: a system of its own, which shows them to whoever works there."""
