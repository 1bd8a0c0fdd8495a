"""A character model to train on the names of a dataset, to draw from, and to compare with the real list."""
