"""The simulated inbox (module F07): made-up messages on reserved domains, twelve of them for each learner.

`bank` reads the messages, `box` draws twelve from a seed and reads what was saved, `habits` names the ways of sorting that fail,
`tries` sorts whole boxes, `report` and `show` say all this in French.
"""
