"""A document assistant over the labour ministry's sheets: search, measures, a client of any model, masking, a simulated agent.

Light to import: the index of words, the encoder and the client are loaded when they are first used.
"""
