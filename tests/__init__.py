"""Tests: each app has a folder of its name; journeys, privacy and architecture stand apart."""
