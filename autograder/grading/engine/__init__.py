"""The engine that grades one copy safely: `engine.Engine(course, folder_name).grade(Copy(notebook, files))`.

The learner's cells run in one confined process, the check cells in another that only receives plain values. This file
imports nothing: both processes import what they use of this package, and are forked for each copy.
"""
