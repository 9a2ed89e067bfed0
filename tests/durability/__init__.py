"""Nothing that was called saved is ever lost, whatever happens to the process, the disk or the keys."""
