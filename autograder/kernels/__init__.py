"""Jupyter kernels that start warm: ordinary ipykernels, forked from a process where the libraries are already loaded.

`provisioner` is Jupyter's extension point, named `campus-warm`; `kernelspecs/` are the kernels that ask for it.
"""

HOME, CONFINED = "campus", "campus-sandbox"
"""Names of kernels: with its user's own rights, and confined."""
