"""Record what a real model answers to the six questions, to be read before it is kept.

On a machine with a network and a right to use the service: set CAMPUS_AI_URL, CAMPUS_AI_KEY and CAMPUS_AI_MODEL, then
`python -m autograder.assistant.record reponses.yml`. Each request is shown and agreed to; each answer is read before it is written.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from autograder.assistant.claims import claims
from autograder.assistant.endpoint import Draft, Endpoint, EndpointError, from_environment, send
from autograder.assistant.masking import mask

INSTRUCTION = (
    "Répondez en trois phrases à un salarié d’une entreprise privée, en France. "
    "Terminez par votre source : titre, auteur, date, adresse."
)
"""What is asked of the model with each question; kept with its answer."""


@dataclass(frozen=True)
class Reader:
    """The person at the keyboard: `ask` asks them for a line, `say` shows them a text."""

    ask: Callable[[str], str] = input
    say: Callable[[str], None] = print

    def agrees(self, question: str) -> bool:
        """Tell whether the person answers « oui » in full: any other word is a refusal."""
        return self.ask(f"{question} (oui / non) ").strip().lower() == "oui"


def record(service: Endpoint, path: Path, reader: Reader) -> int:
    """Ask the six questions, and write the answers that the person keeps. Return how many are kept.

    What was kept is written even when the service fails on the way. Raises EndpointError, in French.
    """
    terms = reader.ask("Adresse des conditions du service qui permettent de publier ses réponses : ").strip()
    if not terms.startswith("https://"):
        raise EndpointError(
            "Rien n’est parti : lisez d’abord les conditions du service, puis donnez leur adresse (https://…). "
            "Si elles ne permettent pas de publier les réponses, n’enregistrez rien."
        )
    kept: list[dict[str, Any]] = []
    try:
        for claim in claims():
            draft = Draft(service, f"{INSTRUCTION}\n\n{claim.question}")
            if answer := _answer(draft, reader):
                request = draft.body | {"question": claim.id}
                kept.append({"request": request, "answer": answer})
    finally:
        if kept:
            _write(path, service, terms, kept)
    return len(kept)


def _answer(draft: Draft, reader: Reader) -> str:
    """Return an answer that was agreed to, received, read and kept; nothing otherwise."""
    for name, value in draft.preview().items():
        reader.say(f"{name} : {value}")
    if not reader.agrees("Envoyer ?"):
        return ""
    answer = "".join(send(draft, draft.fingerprint)).strip()
    reader.say(answer)
    if mask(answer) != answer:
        reader.say(
            "Attention : cette réponse contient ce qui ressemble à une donnée personnelle. La voici masquée :"
        )
        reader.say(mask(answer))
        reader.say("Elle n’est pas gardée : posez la question autrement, ou laissez-la.")
        return ""
    kept = reader.agrees("Vous l’avez lue en entier, elle ne parle d’aucune personne réelle. La garder ?")
    return answer if kept else ""


def _write(path: Path, service: Endpoint, terms: str, kept: list[dict[str, Any]]) -> None:
    recorded = {
        "recorded": date.today(),
        "host": service.host,
        "model": service.model,
        "settings": "aucun réglage envoyé : ceux du service",
        "terms": terms,
        "answers": kept,
    }
    path.write_text(
        yaml.safe_dump(recorded, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8"
    )


def main(arguments: list[str] | None = None) -> int:
    """Record into a file that does not exist yet; return the exit code."""
    parser = argparse.ArgumentParser(
        description="Enregistrer les réponses d’un modèle aux six questions du module F11."
    )
    parser.add_argument("fichier", type=Path, help="le fichier YAML à écrire")
    path = parser.parse_args(arguments).fichier
    if path.exists():
        print(f"{path} existe déjà : rien n’est écrit. Donnez un autre nom.", file=sys.stderr)
        return 1
    try:
        kept = record(from_environment(), path, Reader())
    except EndpointError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{kept} réponses gardées dans {path}."
        if kept
        else "Aucune réponse gardée : aucun fichier n’est écrit."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
