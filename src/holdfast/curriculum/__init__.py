"""What: packs of toolkit content, checked when loaded, versioned and read-only."""
