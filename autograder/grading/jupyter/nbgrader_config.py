"""Read by every nbgrader command of this environment, before the course's own settings: `etc/jupyter/`."""

from autograder.grading.settings import refuse_broken_settings

refuse_broken_settings()
