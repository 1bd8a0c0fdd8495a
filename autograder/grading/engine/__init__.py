"""The engine that grades one copy safely: `Engine(course, folder_name).grade(Copy(notebook, files))`.

The learner's cells run in one confined process, the check cells in another that only receives plain values.
"""

from autograder.grading.engine.engine import Copy, Engine, Graded
from autograder.sandbox import Limits

__all__ = ["Copy", "Engine", "Graded", "Limits"]
