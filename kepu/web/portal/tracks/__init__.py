"""Tracks, joint and special actions, series: the tree that is in force at a place, and each branch of it."""
