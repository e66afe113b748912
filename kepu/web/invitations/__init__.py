"""Taking up an invitation: outside the workspace, since whoever is invited may have no account yet."""
