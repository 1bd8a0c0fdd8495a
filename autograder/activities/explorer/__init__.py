"""The explorer: a table explored by choices, each shown with the pandas line that does the same.

`steps` applies a list of choices to tables, `view` says what they give, ready to be drawn.
"""
