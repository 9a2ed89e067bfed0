"""From handing over to answers and what came of them."""
