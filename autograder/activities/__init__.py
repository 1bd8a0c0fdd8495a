"""Simulations that modules play: pure and light, importable in a learner's kernel and in grading."""
