"""The investment committee (module D01): six made-up start-ups, three half-years, one envelope.

`cases` draws the dossiers from a seed, `engine` moves them with the decisions, `rule` is the published rule of coherence, `game` reads
what was saved, `portfolios` plays whole games, `votes` compares a group's votes, `report` says all this in French.
"""
