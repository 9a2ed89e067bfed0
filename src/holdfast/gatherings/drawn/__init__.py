"""Slips drawn from a hat: each lets one person in, and nobody knows who drew which."""
