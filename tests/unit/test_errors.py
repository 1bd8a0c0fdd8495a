"""Python's errors in French, in a real shell as in a notebook."""

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from autograder.checks.errors import explain, show_explanations


@pytest.fixture
def shell(monkeypatch):
    shell = InteractiveShell.instance()
    monkeypatch.setattr("IPython.core.getipython.get_ipython", lambda: shell)
    show_explanations()
    yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("comunes.head()", "« comunes » n’est pas connu"),
        ("{'nom': 1}['Nom']", "« Nom » n’existe pas"),
        ("1 / 0", "division par zéro"),
        ("[1].mediane()", "ne connaît pas « mediane »"),
        ("len('a'", "Python n’arrive pas à lire cette ligne"),
    ],
)
def test_an_error_is_explained_above_pythons_message(shell, code, said):
    with capture_output() as captured:
        shell.run_cell(code)
    shown = [output.data["text/html"] for output in captured.outputs]
    assert len(shown) == 1
    assert said in shown[0]
    assert "Error" in captured.stdout + captured.stderr


def test_an_uncommon_error_is_left_to_python():
    assert explain(LookupError("rare")) is None
