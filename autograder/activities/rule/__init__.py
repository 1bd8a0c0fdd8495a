"""A rule written on the rows of a table: what it catches, and what it misses."""
