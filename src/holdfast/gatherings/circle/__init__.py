"""Talk in which a leader is neither the first nor the last: in a seated circle, and in the open."""
