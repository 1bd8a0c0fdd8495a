"""What many copies of a notebook have in common, run once: the cells that are ours, in a process that copies are forked from.

Grading shares them between learners' copies, the proof of modules between the submissions that it makes.
"""
