"""Text to notebooks and grading tables."""

from autograder.build.pipeline import BuiltModule, build

__all__ = ["BuiltModule", "build"]
