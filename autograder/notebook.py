"""What a module's set-up cell imports: `from autograder.notebook import check, exercise, explore, figure, load, number, table`."""

from autograder.checks import cell_events
from autograder.checks.check import check
from autograder.checks.errors import show_explanations
from autograder.data.load import load
from autograder.data.texts import load_texts
from autograder.forms import exercise, explore
from autograder.french.numbers import number
from autograder.show import figure, table

__all__ = ["check", "exercise", "explore", "figure", "load", "load_texts", "number", "table"]

show_explanations()
cell_events.watch()
