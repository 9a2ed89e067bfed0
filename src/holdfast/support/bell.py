"""A bell in this process: rung after a link was set, so that its state need not wait for the next round."""

from threading import Event

BELL = Event()
