"""Pure rules of privacy: coarse counts and the small-room rule."""
