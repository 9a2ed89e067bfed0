"""Pages of programmes: the plan for those who hold sessions, and what is a leader's own."""
