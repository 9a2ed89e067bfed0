"""The outbox: each mail once, none lost, and a link that stops them."""
