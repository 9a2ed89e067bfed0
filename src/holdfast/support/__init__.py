"""Who and what stands beside a team: invited coaches, requests for help, links that are looked at, handouts."""
