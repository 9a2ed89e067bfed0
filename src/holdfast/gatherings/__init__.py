"""The room: joining, rounds and their kinds, the desk, the wall and rehearsal."""
