"""The workspace: for people who act for a unit."""
