"""A damaged file to restore: among dated copies, the right one, proven by its fingerprint."""
