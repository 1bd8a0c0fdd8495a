"""Backups of a course: one file of all that cannot be made again, verified, and put back without a loss."""
