"""The command `campus doctor`: try the attacks on this machine, then grading itself, and say in plain French what holds."""

import argparse
import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from tqdm import tqdm

from autograder.sandbox import selftest
from autograder.sandbox.client import Zygote
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.isolation import Tier
from autograder.verbs import print_json

TIERS = {
    "namespaces": "forte (espaces de noms, Landlock, seccomp et limites)",
    "landlock": "plus faible (Landlock, seccomp et limites, sans espaces de noms) : une copie voit le nom des autres "
    "programmes, l’ensemble de ses fichiers n’est pas limité, et le calcul à plusieurs programmes est impossible",
}
MEMORY = {
    True: "La mémoire est limitée pour chaque copie entière (groupe de contrôle).",
    False: "La mémoire est limitée par programme et non par copie : le système ne nous délègue pas de groupe de "
    "contrôle. Pour l’obtenir : systemd-run --user --scope -p Delegate=yes campus …",
}


class Step(Protocol):
    """A step of a rehearsal of grading; `reason`, in French, is empty when it went well."""

    @property
    def name(self) -> str: ...
    @property
    def reason(self) -> str: ...


Rehearse = Callable[[Tier | None], Sequence[Step]]


def add_parser(subparsers: Any) -> None:
    """Add the command `doctor` to the subparsers of `campus`."""
    doctor: argparse.ArgumentParser = subparsers.add_parser(
        "doctor",
        help="vérifier que cette machine protège bien la correction",
        description="Essaie sur cette machine les attaques que du code d’apprenant pourrait tenter, et dit lesquelles "
        "sont refusées ; puis corrige de vraies copies d’un module d’essai, là où se trouve le cours. Rien n’est abîmé : "
        "les cibles sont des leurres, et le module d’essai est effacé à la fin.",
    )
    doctor.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    doctor.add_argument(
        "--tier", choices=list(TIERS), help="essayer cette protection-là (par défaut : la plus forte)"
    )


def run(args: argparse.Namespace, rehearse: Rehearse) -> int:
    """Run the self-test, then the rehearsal; 0 only when every attack is refused and all the rest works."""
    try:
        with (
            Zygote(tier=args.tier) as zygote,
            tqdm(desc="Essais", disable=None) as bar,
        ):
            report = selftest.test(zygote, on_done=lambda _: bar.update())
    except SandboxError as error:
        print(error, file=sys.stderr)
        if args.json:
            print_json({"tier": None, "attacks": [], "controls": [], "rehearsal": [], "problem": str(error)})
        return 1
    steps = [] if report.failures else rehearse(args.tier)
    if args.json:
        print_json(report.to_json() | {"rehearsal": [{"name": s.name, "reason": s.reason} for s in steps]})
    _say(report, steps)
    return 1 if report.failures or _stopped(steps) else 0


def _stopped(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.reason]


def _say(report: selftest.Report, steps: Sequence[Step]) -> None:
    lines = [f"Protection : {TIERS[report.tier]}.", MEMORY[report.memory_is_bounded], "", "Attaques"]
    lines += [
        f"  {'refusée   ' if attack.refused else 'POSSIBLE !'}  {attack.name}  ({attack.reason})"
        for attack in report.attacks
    ]
    lines += ["", "Usages ordinaires"]
    lines += [
        f"  {'possible  ' if control.ok else 'BLOQUÉ !  '}  {control.name}"
        f"{'' if control.ok else f'  ({control.reason})'}"
        for control in report.controls
    ]
    lines += ["", "Correction, là où se trouve le cours"] if steps else []
    lines += [f"  {'ÉCHEC    ' if step.reason else 'réussi   '}  {step.name}" for step in steps]
    lines += ["", _conclusion(report, steps)]
    print("\n".join(lines), file=sys.stderr)


def _conclusion(report: selftest.Report, steps: Sequence[Step]) -> str:
    if report.failures:
        return f"À ne pas utiliser pour corriger : {', '.join(report.failures)}."
    if stopped := _stopped(steps):
        return (
            f"Ce cours ne peut pas être corrigé ici. Étape en échec : {stopped[0].name}. {stopped[0].reason}"
        )
    return "Tout est en ordre : vous pouvez corriger des copies sur cette machine."
