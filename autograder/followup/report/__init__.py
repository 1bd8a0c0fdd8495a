"""`campus report`: who is stuck and on what idea, for the instructor; figures without names, for the administration."""
