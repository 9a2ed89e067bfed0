"""Where each role arrives; composes what the other apps offer and owns no data."""
