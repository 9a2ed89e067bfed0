"""Measures on 150 labelled notes how good suggestions of likes are: `python -m bench.likes`."""
