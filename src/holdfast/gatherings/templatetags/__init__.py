"""Template tag library of the app."""
