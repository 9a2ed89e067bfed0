"""Raised hands: who wants to speak in open talk waits in turn, without a name."""
