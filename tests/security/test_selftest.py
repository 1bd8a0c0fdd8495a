"""Each attack of `campus doctor` is refused for its own reason, each ordinary use works, in each tier there is."""

import json
import sys

import pytest

from autograder import cli
from autograder.sandbox import SandboxRefused, Zygote, jail, landlock, selftest
from autograder.sandbox.attacks import ATTACKS, CONTROLS, CONTROLS_WITH_NAMESPACES, Attack
from autograder.sandbox.syscalls import StepFailed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the tiers are Linux's own")
REPORTS: dict[str, selftest.Report | str] = {}


def report(tier):
    """The report of a tier, or the message of its refusal: made once."""
    if tier not in REPORTS:
        try:
            with Zygote(tier=tier) as zygote:
                REPORTS[tier] = selftest.test(zygote)
        except SandboxRefused as error:
            REPORTS[tier] = str(error)
    return REPORTS[tier]


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
@pytest.mark.parametrize("attack", [attack.name for attack in ATTACKS])
def test_an_attack_is_refused_or_the_tier_is(tier, attack):
    found = report(tier)
    if isinstance(found, str):  # this machine lacks the tier: then it must say so, and run nothing
        assert found.startswith("Ce système ne permet pas de protéger")
        assert tier in found
        return
    (outcome,) = [one for one in found.attacks if one.name == attack]
    assert outcome.refused, outcome.reason


@pytest.mark.parametrize("tier", ["namespaces", "landlock"])
def test_ordinary_uses_work(tier):
    found = report(tier)
    if isinstance(found, str):
        assert tier in found
        return
    expected = set(CONTROLS) | (set(CONTROLS_WITH_NAMESPACES) if tier == "namespaces" else set())
    assert {control.name for control in found.controls} == expected
    assert [(control.name, control.reason) for control in found.controls if not control.ok] == []


def test_the_self_test_sees_an_open_door():
    """Without protection, the same attacks must be reported as possible, or the test would prove nothing."""
    harmless = (
        "lire un fichier secret",
        "se connecter par TCP",
        "envoyer par UDP",
        "écrire hors de la copie",
    )
    with Zygote(tier="none", unsafe=True) as zygote, pytest.MonkeyPatch.context() as patch:
        patch.setattr(selftest, "ATTACKS", [attack for attack in ATTACKS if attack.name in harmless])
        found = selftest.test(zygote)
    assert [(one.name, one.refused) for one in found.attacks] == [
        (one.name, False) for one in ATTACKS if one.name in harmless
    ]


def test_a_crash_is_not_a_refusal(monkeypatch):
    broken = [
        Attack("plante", "import os; os._exit(1)", ("PermissionError",)),
        Attack("faute", "x", ("OSError",)),
    ]
    monkeypatch.setattr(selftest, "ATTACKS", broken)
    monkeypatch.setattr(selftest, "CONTROLS", {"impossible": "1 / 0"})
    with Zygote() as zygote:
        assert selftest.test(zygote).failures == ["plante", "faute", "impossible"]


def test_grading_refuses_a_machine_that_fails_and_remembers_one_that_passes(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(selftest, "CONTROLS", {})
    monkeypatch.setattr(selftest, "ATTACKS", [Attack("ouverte", "1", ("PermissionError",))])
    with Zygote() as zygote:
        with pytest.raises(SandboxRefused, match="ne tient pas sur cette machine : ouverte"):
            selftest.require(zygote)
        assert list(tmp_path.rglob("bac-*.json")) == []
        monkeypatch.setattr(
            selftest, "ATTACKS", [Attack("fermée", "open('/absent')", ("FileNotFoundError",))]
        )
        first = selftest.require(zygote)
        monkeypatch.setattr(selftest, "test", lambda zygote: pytest.fail("run again"))
        assert selftest.require(zygote) == first


def test_without_namespaces_nor_landlock_nothing_runs(monkeypatch):
    def refuse(pid):
        raise StepFailed("user map: refused")

    monkeypatch.setattr(jail, "user_map", refuse)
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    with pytest.raises(SandboxRefused, match=r"user map: refused.*Landlock: absent.*--unsafe-no-sandbox"):
        Zygote()
    with Zygote(unsafe=True) as zygote:
        assert zygote.tier == "none"


def test_doctor_answers_in_json_and_in_french(capsys, monkeypatch):
    monkeypatch.setattr(selftest, "CONTROLS_WITH_NAMESPACES", {})
    monkeypatch.setattr(selftest, "CONTROLS", {"calculer": "1 + 1"})
    monkeypatch.setattr(
        selftest, "ATTACKS", [Attack("lire l’absent", "open('/absent')", ("FileNotFoundError",))]
    )
    assert cli.main(["doctor", "--json"]) == 0
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert answer["tier"] in ("namespaces", "landlock")
    assert answer["attacks"][0] | {"reason": ""} == {"name": "lire l’absent", "refused": True, "reason": ""}
    assert answer["controls"][0]["ok"] is True
    assert "Tout est en ordre" in said.err

    monkeypatch.setattr(selftest, "ATTACKS", [Attack("lire l’absent", "1", ("FileNotFoundError",))])
    assert cli.main(["doctor"]) == 1
    assert "À ne pas utiliser pour corriger : lire l’absent" in capsys.readouterr().err
