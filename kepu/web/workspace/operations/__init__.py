"""What an operator sees: how the machine is doing, and nothing that units write."""
