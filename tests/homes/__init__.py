"""Arriving, role by role, and the demo."""
