"""A session that goes otherwise than planned: more time, left out, held again, in another order, looked back at."""
