"""The mirror: what people find out about themselves, for themselves."""
