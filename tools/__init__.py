"""Small scripts for people who work on Holdfast; none of them is needed to run it."""
