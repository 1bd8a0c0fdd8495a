"""Grading with nbgrader: the configuration, and the steps plugged into its converters."""
