"""A file to generalise: what is kept of people, how small their groups are, and what can no longer be answered."""
