"""Tells people by mail that there is something new: takes addresses and plain ids, sends each mail once."""
