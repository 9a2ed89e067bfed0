"""How the parts are put together: settings, routes, checks and the command line."""
