"""What is kept for later: lines that carry over from one session to the next, until they are dealt with or let go."""
