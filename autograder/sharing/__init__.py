"""Our own cells of a notebook, run once for many copies of it: each copy is forked from the process that ran them.

Grading shares our cells between the learners' copies. The proof of modules shares them between the submissions that it makes.
"""
