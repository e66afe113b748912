"""A unit comes in: look whether it is registered, register or claim it, and follow what becomes of it."""
