"""The answer: what a group hands to leadership, what comes back, the group's own list and the let-go list."""
