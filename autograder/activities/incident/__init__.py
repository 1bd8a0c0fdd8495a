"""An incident played hour by hour: a fictional case, decisions, the lines that prove them, and a published rule."""
