"""The command `campus doctor`: try the attacks on this machine, and say in plain French what holds."""

import argparse
import json
import sys
from typing import Any

from tqdm import tqdm

from autograder.sandbox import selftest
from autograder.sandbox.client import Zygote
from autograder.sandbox.errors import SandboxError

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


def add_parser(subparsers: Any) -> None:
    """Add the command `doctor` to the subparsers of `campus`; `run` is what it calls."""
    doctor: argparse.ArgumentParser = subparsers.add_parser(
        "doctor",
        help="vérifier que cette machine protège bien la correction",
        description="Essaie sur cette machine les attaques que du code d’apprenant pourrait tenter, et dit lesquelles "
        "sont refusées. Rien n’est abîmé : les cibles sont des leurres.",
    )
    doctor.add_argument("--json", action="store_true", help="répondre en JSON sur la sortie standard")
    doctor.add_argument(
        "--tier", choices=list(TIERS), help="essayer cette protection-là (par défaut : la plus forte)"
    )
    doctor.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Run the self-test; 0 only when every attack is refused and every ordinary use works."""
    try:
        with (
            Zygote(tier=args.tier) as zygote,
            tqdm(desc="Essais", disable=None) as bar,
        ):
            report = selftest.test(zygote, on_done=lambda _: bar.update())
    except SandboxError as error:
        print(error, file=sys.stderr)
        if args.json:
            _print_json({"tier": None, "attacks": [], "controls": [], "problem": str(error)})
        return 1
    if args.json:
        _print_json(report.to_json())
    _say(report)
    return 1 if report.failures else 0


def _say(report: selftest.Report) -> None:
    lines = [f"Protection : {TIERS[report.tier]}.", MEMORY[report.memory_is_bounded], "", "Attaques"]
    lines += [
        f"  {'refusée   ' if one.refused else 'POSSIBLE !'}  {one.name}  ({one.reason})"
        for one in report.attacks
    ]
    lines += ["", "Usages ordinaires"]
    lines += [
        f"  {'possible  ' if one.ok else 'BLOQUÉ !  '}  {one.name}{'' if one.ok else f'  ({one.reason})'}"
        for one in report.controls
    ]
    lines += ["", _conclusion(report)]
    print("\n".join(lines), file=sys.stderr)


def _conclusion(report: selftest.Report) -> str:
    if not report.failures:
        return "Tout est en ordre : vous pouvez corriger des copies sur cette machine."
    return f"À ne pas utiliser pour corriger : {', '.join(report.failures)}."


def _print_json(data: Any) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1), flush=True)
