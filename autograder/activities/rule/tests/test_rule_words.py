"""What people read of a rule."""

import pytest

from autograder.activities.rule.words import threshold


@pytest.mark.parametrize(
    ("test", "words"), [("ge", "au moins"), ("le", "au plus"), ("gt", "plus que"), ("lt", "moins que")]
)
def test_the_words_of_a_threshold_are_followed_by_the_number_chosen(test: str, words: str) -> None:
    assert f"{threshold('Confiance', test)} le nombre choisi".endswith(f"» vaut {words} le nombre choisi")
