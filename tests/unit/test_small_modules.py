"""The small module that comes with each activity: nothing to mend in it, and its answers are graded as its author wrote."""

from pathlib import Path

import pytest

from autograder import paths
from tests.small_module import SmallModule

ACTIVITIES = paths.home() / "autograder" / "activities"
MODULES = [SmallModule(one) for one in sorted(ACTIVITIES.glob("*/tests/modules/*")) if one.is_dir()]
each = pytest.mark.parametrize("module", MODULES, ids=[one.name for one in MODULES])


def test_they_are_found() -> None:
    assert len(MODULES) >= 9


@each
def test_it_has_nothing_to_mend(module: SmallModule) -> None:
    assert module.faults() == []


@pytest.mark.slow
@each
def test_each_answer_by_form_is_graded_as_its_author_wrote(
    module: SmallModule, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module.proved(tmp_path, monkeypatch).all_problems() == []
