"""Programmes, sessions and their plans."""
