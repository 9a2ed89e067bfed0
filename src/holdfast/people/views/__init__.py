"""Pages: those of coordinators, and those for signing in."""
