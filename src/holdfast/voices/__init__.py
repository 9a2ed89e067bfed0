"""The anonymous store: admission, sealed intake (the one door in), and the seal."""
