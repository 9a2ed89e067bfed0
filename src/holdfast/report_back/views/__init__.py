"""Signed-in pages of the answer: the group's side, the leaders' side, and what both read."""
