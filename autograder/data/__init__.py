"""Public datasets: the catalogue, reading, checking, rebuilding and refreshing."""
