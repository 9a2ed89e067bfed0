"""Pages and presses of the desk, and the wall."""
