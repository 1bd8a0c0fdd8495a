"""How a restoration is judged: by the copy, and by its fingerprint, computed again from the module's own data.

The learner's file is never read here: what it holds proves nothing, since anybody may write it.
"""

from collections.abc import Mapping
from typing import Any

from autograder.activities.restore import fingerprint
from autograder.activities.restore.answer import read
from autograder.activities.restore.form import NO_LINE, RestoreForm, copy_of, line_of
from autograder.contract.forms import UnreadableAnswer
from autograder.contract.kinds import Facets, Problem, Share, Spec, Told

COPY, CHECK = "copy", "check"
"""The facets: which copy was restored, and what the comparison is worth."""

PROVED = "proved"

WORDS = {
    "unchecked": "**Vous avez restauré, mais pas vérifié.** Un fichier qui s’ouvre rassure. Mais qu’est-ce qui prouve que c’est celui "
    "qui avait été validé\u00a0? Calculez son empreinte, puis cherchez-la dans le registre.",
    "damaged": "**Votre vérification a parlé.** Vous le dites vous-même\u00a0: ce fichier n’est à aucune ligne du registre. "
    "Pourquoi le garder\u00a0? Quelles copies n’avez-vous pas encore essayées\u00a0?",
    "claimed": "**Cette empreinte n’est pas dans le registre.** On voit ce que l’on espère. Comparez-la à nouveau, groupe par groupe\u00a0: "
    "à quel signe diffère-t-elle\u00a0?",
    "overlooked": "**Cette empreinte est dans le registre.** Les lignes se ressemblent, et l’une d’elles vous a échappé. "
    "Relisez-les une à une\u00a0: laquelle commence comme la vôtre\u00a0?",
    "other": "**Vous avez désigné une autre ligne du registre.** On choisit volontiers la dernière, ou celle du même jour. "
    "Ne regardez que les signes\u00a0: laquelle a les mêmes\u00a0?",
}
"""what a comparison is worth, unless it proves something -> what a learner is told of it."""


class Restored:
    """Half of the points for the copy, half for the proof."""

    def read(self, value: Any, spec: RestoreForm) -> Facets:
        try:
            kept: Any = read(spec, value)
        except UnreadableAnswer as error:
            raise Problem("restore", str(error)) from error
        return {COPY: kept["copy"], CHECK: _worth(spec, kept)}

    def shares(self, truth: Any, spec: RestoreForm) -> list[Share]:
        return [(COPY, truth["copy"], 0.5), (CHECK, PROVED, 0.5)]

    def near(self, value: Any, spec: RestoreForm) -> list[tuple[str, str]]:
        """A mistake of the author's is that of a copy: the kind tells of the others."""
        return [(COPY, self.read(value, spec)[COPY])]

    def told(self, spec: Spec) -> list[Told]:
        return [(CHECK, name, name, words) for name, words in WORDS.items()]

    def wrong(self, facets: Facets, brings: Mapping[str, float]) -> list[str]:
        return [name for name in facets if brings.get(name, 0) <= 0]

    def told_first(self, facets: Facets, mistaken: list[str]) -> list[str]:
        return mistaken


def _worth(form: RestoreForm, kept: Mapping[str, str]) -> str:
    """Return what a comparison is worth, once done again."""
    copy, said = copy_of(form, kept["copy"]), kept.get("line")
    assert copy
    if said is None:
        return "unchecked"
    found = line_of(form, fingerprint.of(copy["text"]))
    if said == found:
        return "damaged" if found == NO_LINE else PROVED
    if found == NO_LINE:
        return "claimed"
    return "overlooked" if said == NO_LINE else "other"
