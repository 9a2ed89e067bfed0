"""Who: organisations, sites, groups, persons, their roles, and how they sign in."""
