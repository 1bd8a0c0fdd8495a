"""« Suivi », the instructor's page: what waits today, each exercise, each person. With names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.followup.report.exercises import ExerciseFigures, Flag, MistakeFigures, ModuleFigures
from autograder.followup.report.pages import of_link, of_people, render
from autograder.followup.report.people import NotReached, Standing
from autograder.followup.report.rows import Rows
from autograder.followup.report.today import Today, ToSee
from autograder.followup.report.words import ExerciseWords, ModuleWords
from autograder.followup.spreadsheet import table_csv
from autograder.french.marks import quoted, spaced
from autograder.french.numbers import number, short
from autograder.french.order import alphabetical
from autograder.grading.lateness import spell
from autograder.html import listed
from autograder.modules.load import id_of

PAGE, EXERCISES, PEOPLE = "suivi.html", "suivi-exercices.csv", "suivi-personnes.csv"
MOST_ROWS = 500
"""Lines of a table of people on the page: a longer one is for a spreadsheet."""
MOST_NAMES = 40
"""Names in a sentence."""

NO_OUTCOMES = "Aucune copie corrigée."
OLD_GRADES = "Ces copies ont été corrigées avant que les erreurs soient gardées. Corrigez-les de nouveau : « campus grade {id} »."
VERSIONS = " Ces copies ont été jugées par {versions} versions du module : « campus grade » les juge toutes par la dernière."
RETURNED_ONLY = "Réponses rendues seulement : {copies} copies, sans la liste des essais. Les erreurs corrigées en chemin n’y sont plus."
ALL_TRIES = "{copies} copies, avec la liste des essais."
SOME_TRIES = (
    "{copies} copies. La facilité, la discrimination, les essais et les parts viennent des {with_tries} qui ont joint la liste de leurs "
    "essais ; les nombres de personnes comptent toutes les copies."
)
TOO_FEW = " Moins de 30 copies avec cette liste : aucun exercice n’est signalé."
INDICATIVE = " Chiffres indicatifs : moins de 100 copies."
TRUSTED = " Cohérence des exercices (alpha) : {alpha} ; un total est connu à {error} exercice près."
REASONS = {
    "apart": "Qui réussit le reste ne le réussit pas plus souvent : on le réussit, ou on le manque, pour une autre raison que ce qu’il vise.",
    "misleading": "{mistake} : les personnes qui font cette erreur réussissent mieux le reste que celles qui ont juste. Le texte y mène peut-être.",
    "unforeseen": "Plus de 40 % des premières réponses fausses ne sont pas prévues : ajoutez les erreurs que font vraiment les gens.",
    "chance": "Au premier essai, la réussite ne dépasse pas de 5 points celle du hasard.",
}


@dataclass(frozen=True)
class FollowedModule:
    """One module, with its figures and where its people stand."""

    words: ModuleWords
    figures: ModuleFigures
    standings: Sequence[Standing]
    graded: int


def page(rows: Rows, modules: Sequence[FollowedModule], waits: Today) -> str:
    """Return the HTML of the page."""
    labels = {one.words.name: one.words.label for one in modules}
    return render(
        PAGE,
        most=MOST_ROWS,
        most_names=MOST_NAMES,
        csv=PEOPLE,
        today=_today(rows, modules, waits, labels),
        modules=[_module(rows, one) for one in modules],
    )


def _today(
    rows: Rows, modules: Sequence[FollowedModule], waits: Today, labels: Mapping[str, str]
) -> dict[str, Any]:
    words = {one.words.name: one.words for one in modules}

    def groups(found: Iterable[tuple[str, Sequence[str]]]) -> list[dict[str, Any]]:
        return [
            {"id": _id(module), "label": labels[module], "names": named(rows, learners)}
            for module, learners in found
            if learners
        ]

    return {
        "missing": groups((one.name, one.missing) for one in waits.modules),
        "to_grade": groups((one.name, one.to_grade) for one in waits.modules),
        "late": [
            (rows.people[who], labels[one.name], spell(late))
            for one in waits.modules
            for who, late in one.late.items()
        ],
        "waiting": [
            (rows.people[who], labels[one.name], count)
            for one in waits.modules
            for who, count in one.waiting.items()
        ],
        "to_see": _by_idea(rows, waits.to_see, words),
        "to_take_again": groups(waits.to_take_again.items()),
    }


def _by_idea(
    rows: Rows, to_see: Sequence[ToSee], words: Mapping[str, ModuleWords]
) -> list[tuple[str, str, int, str]]:
    """Return each idea on which people are stuck, its exercise, how many they are and who; the most frequent first."""
    stuck: dict[tuple[str, str, str], list[str]] = {}
    for one in to_see:
        title, idea = _about(one.about, words[one.module])
        stuck.setdefault((one.module, title, idea), []).append(one.learner)
    lines = [
        (idea, f"{_id(module)} – {title}", len(who), ", ".join(named(rows, who)))
        for (module, title, idea), who in stuck.items()
    ]
    return sorted(lines, key=lambda line: -line[2])


def named(rows: Rows, learners: Iterable[str]) -> list[str]:
    """Return the names of people, in order."""
    return sorted((rows.people[one] for one in learners), key=alphabetical)


def _about(about: NotReached, words: ModuleWords) -> tuple[str, str]:
    exercise = words.exercise(about.exercise)
    return exercise.title, exercise.of(about.mistake) if about.mistake else "–"


def _module(rows: Rows, one: FollowedModule) -> dict[str, Any]:
    figures, words = one.figures, one.words
    titles = [words.exercise(exercise.name).title for exercise in figures.exercises]
    has_tries = figures.with_tries > 0
    columns = _columns(has_tries)
    return {
        "name": _id(words.name),
        "label": words.label,
        "figures": figures,
        "nothing": spaced(OLD_GRADES.format(id=_id(words.name)) if one.graded else NO_OUTCOMES),
        "told": told(figures),
        "chart": [
            (str(place), exercise.facility)
            for place, exercise in enumerate(figures.exercises, 1)
            if exercise.facility
        ],
        "heads": ["Exercice", *(head for head, _ in columns)],
        "numbers": (1, 2, 3),
        "rows": [
            (f"{place}. {title}", *(show(exercise) for _, show in columns))
            for place, (title, exercise) in enumerate(zip(titles, figures.exercises, strict=True), 1)
        ],
        "exercises": [_exercise(exercise, words.exercise(exercise.name)) for exercise in figures.exercises],
        "people": [_person(rows, standing, words) for standing in one.standings],
    }


def _columns(has_tries: bool) -> list[tuple[str, Any]]:
    """Return what is shown of an exercise: without journals, neither discrimination nor tries."""
    facility = ("Facilité", lambda one: of_people(one.facility))
    if not has_tries:
        return [facility]
    return [
        facility,
        ("Discrimination", lambda one: of_link(one.discrimination)),
        ("Essais", lambda one: "–" if one.tries is None else short(one.tries, 3)),
        ("À reformuler ?", lambda one: "oui" if one.flags else "non"),
    ]


def told(figures: ModuleFigures) -> str:
    """Return on what the figures of a module rest."""
    mixed = VERSIONS.format(versions=figures.versions) if figures.versions > 1 else ""
    if not figures.with_tries:
        return spaced(RETURNED_ONLY.format(copies=figures.copies) + mixed)
    kind = ALL_TRIES if figures.with_tries == figures.copies else SOME_TRIES
    text = kind.format(copies=figures.copies, with_tries=figures.with_tries)
    text += TOO_FEW if not figures.is_flagged else INDICATIVE if figures.is_indicative else ""
    if figures.consistency is not None and figures.error is not None:
        text += TRUSTED.format(alpha=number(figures.consistency, 2), error=number(figures.error, 1))
    return spaced(text + mixed)


def _exercise(figures: ExerciseFigures, words: ExerciseWords) -> dict[str, Any]:
    return {
        "title": words.title,
        "reasons": [reason(flag, words) for flag in figures.flags],
        "mistakes": [
            (words.of(one.name), str(one.met), of_people(one.rate), str(one.kept)) for one in figures.mistakes
        ],
    }


def reason(flag: Flag, words: ExerciseWords) -> str:
    """Return why an exercise may need other words, in French."""
    mistake = quoted(words.of(flag.mistake).rstrip(".")) if flag.mistake else ""
    return spaced(REASONS[flag.cause].format(mistake=mistake))


def _person(rows: Rows, one: Standing, words: ModuleWords) -> tuple[str, ...]:
    stuck = [" : ".join(_about(about, words)).rstrip(".") for about in one.stuck]
    rest = [words.exercise(about.exercise).title for about in one.not_reached if not about.is_stuck]
    return (
        rows.people[one.learner],
        f"{one.reached} sur {one.objectives}",
        listed(map(spaced, stuck)) if stuck else ("–" if one.has_tries else "pas de liste d’essais"),
        listed(rest) if rest else "–",
    )


def _id(name: str) -> str:
    return id_of(Path(name))


def exercises_csv(modules: Sequence[FollowedModule]) -> bytes:
    """Return a line per exercise, then per mistake of it; shares and correlations are numbers, 0 to 1."""
    heads = [
        *("module", "exercice", "erreur", "personnes", "facilité", "facilité basse", "facilité haute"),
        *("discrimination", "discrimination basse", "discrimination haute", "efficacité", "essais (médiane)"),
        *("à reformuler", "rencontrée", "part", "part basse", "part haute", "encore dans la copie"),
    ]
    return table_csv(heads, [line for one in modules for line in _exercise_lines(one)])


def _exercise_lines(module: FollowedModule) -> Iterable[list[Any]]:
    for one in module.figures.exercises:
        words = module.words.exercise(one.name)
        start = [module.words.label, words.title]
        people = one.facility.people if one.facility else 0
        yield [
            *(
                *start,
                "",
                people,
                *_bounds(one.facility),
                *_bounds(one.discrimination),
                one.efficiency,
                one.tries,
            ),
            *(" ".join(reason(flag, words) for flag in one.flags), None, None, None, None, None),
        ]
        for mistake in one.mistakes:
            yield [*start, *_mistake_line(mistake, words)]


def _mistake_line(one: MistakeFigures, words: ExerciseWords) -> list[Any]:
    people = one.rate.people if one.rate else 0
    return [words.of(one.name), people, *[None] * 8, "", one.met, *_bounds(one.rate), one.kept]


def _bounds(found: Any) -> tuple[float | None, float | None, float | None]:
    return (found.value, found.low, found.high) if found else (None, None, None)


def people_csv(rows: Rows, modules: Sequence[FollowedModule], waits: Today) -> bytes:
    """Return a line per person and module: what is handed in, what is reached, where they are stuck."""
    heads = [
        *("identifiant", "nom", "module", "copie", "retard (heures)", "réponses à lire"),
        *("objectifs atteints", "objectifs", "part des points", "bloquée sur", "pas acquis"),
    ]
    standings = {one.words.name: {found.learner: found for found in one.standings} for one in modules}
    words = {one.words.name: one.words for one in modules}
    lines = []
    for module in waits.modules:
        told_of = standings[module.name]
        states = dict.fromkeys(module.missing, "absente") | dict.fromkeys(module.to_grade, "à corriger")
        states |= dict.fromkeys((*module.late, *module.waiting, *told_of), "corrigée")
        for who, state in sorted(states.items()):
            late, standing = module.late.get(who), told_of.get(who)
            found = _person(rows, standing, words[module.name]) if standing else None
            lines.append(
                [
                    *(who, rows.people[who], words[module.name].label, state),
                    late.total_seconds() / 3600 if late else None,
                    module.waiting.get(who, 0),
                    *((standing.reached, standing.objectives, standing.share) if standing else (None,) * 3),
                    *(found[2:] if found else ("", "")),
                ]
            )
    return table_csv(heads, lines)
