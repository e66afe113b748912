"""Every component with its states on one page; only where we develop or rehearse."""
