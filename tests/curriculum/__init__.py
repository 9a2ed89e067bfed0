"""Packs: read whole or not at all, kept once, never changed."""
