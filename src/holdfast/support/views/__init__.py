"""Pages of coaching, of threads, and of links and handouts."""
