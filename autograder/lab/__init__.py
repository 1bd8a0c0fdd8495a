"""JupyterLab for the course: settings, home page, the learner's space, launching."""
