"""Applications of units that want to come in, as the coordinator above sees them."""
