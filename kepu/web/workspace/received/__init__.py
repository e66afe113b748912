"""Notices sent to the unit: read, received with a receipt, forwarded."""
