"""The engine that grades one copy safely: `engine.Engine(course, folder_name).grade(Copy(notebook, files))`.

Start with `README.md`, in this folder: it draws the life of one copy, with an example. This file imports nothing: both
processes import what they use of this package, and are forked for each copy.
"""
