"""Measures the room against its budgets, beside a bare fan-out, on the machine it runs on."""
