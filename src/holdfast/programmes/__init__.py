"""The plan: one group working through one pack, its gatherings and what is planned for each."""
