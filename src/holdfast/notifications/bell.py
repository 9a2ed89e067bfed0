"""A bell in this process: rung after a commit, so that the postman does not wait for the next round."""

from threading import Event

BELL = Event()
