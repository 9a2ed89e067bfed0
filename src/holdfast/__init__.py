"""Holdfast runs compassion-resilience programmes: prepare, speak safely, answer, keep."""
