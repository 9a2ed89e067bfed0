"""Paper in the room: cards and ballots to print, and typing in what stands on them, counted together with phones."""
