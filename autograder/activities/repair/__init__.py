"""A chart whose settings mislead, to repair."""
