"""The copy of a private table that a confined process reads."""

import os
import stat
from pathlib import Path

import pytest

from autograder.sharing.truth import ShownTruth

SOMEBODY = 65_533
"""An account that owns nothing."""


def read_as(account: int, path: Path) -> bool:
    """Tell whether a process of another account can read a file."""
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setresgid(account, account, account)
            os.setresuid(account, account, account)
            path.read_bytes()
        except OSError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    path = tmp_path / "F01.json"
    path.write_text("{}")
    path.chmod(0o600)
    return path


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives its runs other accounts")
def test_a_run_of_another_account_reads_the_copy_and_not_the_table(truth: Path) -> None:
    with ShownTruth(truth) as shown:
        assert read_as(SOMEBODY, shown.path)
        assert not read_as(SOMEBODY, truth)


def test_nobody_else_finds_the_copy_by_listing(truth: Path) -> None:
    with ShownTruth(truth) as shown:
        for folder in (shown.path.parent, shown.path.parent.parent):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o711
        assert len(shown.path.parent.name) == 32
    assert not shown.path.parent.parent.exists()
