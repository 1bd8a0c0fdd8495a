"""A document whose marked passages are clicked, or given a label."""
