"""Django's own PostgreSQL backend, with one writer at a time."""
