"""What the committee shows: the dossiers, the money, the votes, and after each sitting what the rule says of it. Safe HTML."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from autograder.activities.committee.cases import opening
from autograder.activities.committee.game import Game
from autograder.activities.committee.indicators import brief, rows
from autograder.activities.committee.judgement import Sitting, sitting
from autograder.activities.committee.model import (
    DOSSIERS,
    ROUNDS,
    SHORT,
    Decision,
    Place,
)
from autograder.activities.committee.rule import admitted, assess
from autograder.activities.committee.words import (
    BIASES,
    CHOICES,
    CRITERIA_NAMES,
    GROUNDS,
    PROOFS,
    SHORT_CHOICES,
    SHORT_PROOFS,
    thousands,
)
from autograder.french.marks import quoted, spaced
from autograder.french.numbers import NO_BREAK, number, percent
from autograder.html import cell, heading, listed, table


def board(game: Game, half_year: int) -> dict[str, Any]:
    """Return what the page draws of a sitting; it changes when the sitting opens or closes, not at each decision."""
    closed = half_year <= len(game.half_years) and game.half_years[half_year - 1].closed
    return {
        "number": half_year,
        "closed": closed,
        "waiting": "",
        "dossiers": [_card(game, half_year, key, place) for key, place in game.places(half_year).items()],
        "compared": list(brief(opening(game.seed)["A"])),
        "said": SHORT_CHOICES,
        "proofs": [list(pair) for pair in PROOFS.items()],
        "grounds": [list(pair) for pair in GROUNDS.items()],
        "short": list(SHORT),
        "warning": f"Une fois clôturé, le semestre {half_year} ne se modifie plus. {_next(half_year)}",
    }


def _next(half_year: int) -> str:
    if half_year == ROUNDS:
        return "C’est le dernier : le bilan de la partie s’affichera ici."
    return "Le comité suivant s’ouvrira à l’étape suivante."


def waiting(half_year: int) -> dict[str, Any]:
    """Return what the page draws before its sitting opens."""
    text = f"Ce comité s’ouvrira quand vous aurez clôturé celui du semestre {half_year - 1}, à l’étape précédente."
    return {"number": half_year, "closed": False, "waiting": text, "dossiers": []}


def _card(game: Game, half_year: int, key: str, place: Place | None) -> dict[str, Any]:
    if place is None:
        stopped = next(n for n in range(1, half_year) if game.places(n + 1)[key] is None)
        dossier = (game.places(1)[key] or _never()).dossier
        text = f"Financement arrêté au semestre {stopped}. Il n’y a plus rien à décider."
        return {"key": key, "name": dossier.name, "stopped": text}
    dossier = place.dossier
    return {
        "key": key,
        "name": dossier.name,
        "promise": dossier.promise,
        "rumour": dossier.rumour,
        "stopped": "",
        "brief": list(brief(place).values()),
        "rows": [list(row) for row in rows(place)],
        "choices": [
            [choice, f"{text}{NO_BREAK}: {thousands(place.cost(choice))}"] for choice, text in CHOICES.items()
        ],
    }


def _never() -> Place:
    raise AssertionError("every dossier opens")


def ledger(game: Game, half_year: int) -> dict[str, Any]:
    """Return what changes with each decision: the money, what is left to decide, the votes, and the report once it is over."""
    left = game.available(half_year) - game.spent(half_year)
    one = game.half_years[half_year - 1] if half_year <= len(game.half_years) else None
    money = (
        f"Enveloppe : {thousands(game.available(half_year))}. Engagé : {thousands(game.spent(half_year))}. "
    )
    money += f"Reste : {thousands(left)}." if left >= 0 else f"Dépassement : {thousands(-left)}."
    lacks = lacking(game, half_year)
    closed = bool(one and one.closed)
    return {
        "money": spaced(money),
        "over": left < 0,
        "todo": "" if closed else " ".join(lacks) or "Tous les dossiers sont décidés, avec leurs raisons.",
        "ready": not lacks,
        "votes": _votes(game, half_year) if one else {},
        "report": (report(game, half_year) + agreement(game, half_year)) if closed else "",
    }


def lacking(game: Game, half_year: int) -> list[str]:
    """Return what a sitting lacks before it may close, one sentence each: decisions, proofs, reasons, money."""
    excess = game.spent(half_year) - game.available(half_year)
    named = (
        ("Dossiers à décider", game.missing(half_year)),
        ("Preuve demandée à choisir", game.without_proof(half_year)),
        (f"Raison à donner ({quoted('Ce qui décide')})", game.without_ground(half_year)),
    )
    lacks = [f"{what} : {', '.join(keys)}." for what, keys in named if keys]
    if excess > 0:
        lacks.append(f"Enveloppe dépassée de {thousands(excess)} : revoyez une décision au moins.")
    return [spaced(one) for one in lacks]


# --- Votes


def _votes(game: Game, half_year: int) -> dict[str, dict[str, Any]]:
    """Return, by dossier, who has voted; and the votes themselves once all have, or once the group has decided."""
    one, shown = game.half_years[half_year - 1], {}
    for key, votes in one.votes.items():
        told = len(votes) == len(game.members) or key in one.decisions
        items = [f"{name(game, v.member)} : {SHORT_CHOICES[v.choice]}{_ground(v.ground)}" for v in votes]
        shown[key] = {
            "count": f"{len(votes)} sur {len(game.members)}",
            "voted": [vote.member for vote in votes],
            "html": _list(items) if told else "",
        }
    return shown


def name(game: Game, member: int) -> str:
    """Return the name of a member of the group, or « Membre 1 »."""
    return game.members[member] or f"Membre {member + 1}"


def agreement(game: Game, half_year: int) -> str:
    """Return the table that compares the votes of a sitting with what the group decided; "" without votes."""
    one = game.half_years[half_year - 1]
    lines = []
    for key, votes in one.votes.items():
        counts = Counter(vote.choice for vote in votes)
        grounds = Counter(GROUNDS[vote.ground] for vote in votes if vote.ground)
        decided = one.decisions.get(key)
        lines.append(
            (
                f"Dossier {key}",
                ", ".join(f"{SHORT_CHOICES[choice]} : {n}" for choice, n in counts.most_common()),
                percent(100 * counts.most_common(1)[0][1] / len(votes)),
                str(len(counts)),
                ", ".join(f"{text} ({n})" for text, n in grounds.most_common()) or "aucune raison donnée",
                SHORT_CHOICES[decided.choice] if decided else "aucune",
            )
        )
    heads = ("Dossier", "Votes", "Accord", "Avis différents", "Raisons", "Décision du groupe")
    caption = f"Semestre {half_year} : les votes avant la discussion (non notés). Accord : part du vote le plus fréquent"
    return html_table(caption, heads, lines) if lines else ""


def _ground(ground: str) -> str:
    return f" ({GROUNDS[ground]})" if ground else ""


# --- What the rule says


def report(game: Game, half_year: int) -> str:
    """Return what the rule says of each decision of a sitting that is over."""
    read, one = sitting(game, half_year), game.half_years[half_year - 1]
    lines = [
        (
            f"{key} – {place.dossier.name}",
            _decided(one.decisions.get(key)),
            ", ".join(f"{CRITERIA_NAMES[criterion]} : {said}" for criterion, said in assess(place).items()),
            _admitted(place),
            _said(read, key),
        )
        for key, place in game.places(half_year).items()
        if place is not None
    ]
    heads = ("Dossier", "Votre décision", "Les cinq critères", "Décisions cohérentes", "La vôtre")
    return html_table(f"Semestre {half_year} : vos décisions lues avec la règle publiée", heads, lines)


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return "aucune"
    proof = (
        f" contre : {SHORT_PROOFS.get(decision.proof, 'aucune preuve')}" if decision.choice in SHORT else ""
    )
    return SHORT_CHOICES[decision.choice] + proof + _ground(decision.ground)


def _admitted(place: Place) -> str:
    six, proofs, stop = admitted(place)
    short = (
        f"1 ou 2 mois, selon le délai, contre : {' ou '.join(SHORT_PROOFS[p] for p in proofs)}"
        if proofs
        else ""
    )
    return " ; ou ".join(part for part in ("6 mois" if six else "", short, "arrêt" if stop else "") if part)


def _said(read: Sitting, key: str) -> str:
    judged = read.judged[key]
    if judged.coherent and judged.grounded:
        return "✔ cohérente, motif fondé"
    if judged.coherent:
        return f"◐ cohérente, mais le motif : {_lower(BIASES[judged.ground_bias])}"
    return f"✘ {_lower(BIASES[judged.bias])}" if judged.bias else "✘ sans décision"


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]


def debrief(game: Game, half_years: int) -> str:
    """Return what a whole game reveals: the biases with their place, where the money went, what became of the dossiers."""
    places_of = _where(game, half_years)
    shown = [
        Markup("<strong>{}</strong>\u00a0: {}").format(BIASES[bias], places)
        for bias, places in places_of.items()
    ]
    biases = (
        "<p><strong>Ce que vos décisions révèlent</strong></p>" + str(listed(shown))
        if shown
        else "<p><strong>Ce que vos décisions révèlent</strong>\u00a0: aucun des biais que la règle sait lire.</p>"
    )
    return biases + html_table(
        "La partie entière : où est allé l’argent, et ce que sont devenus les dossiers",
        (
            "Dossier",
            *(f"Semestre {n}" for n in range(1, half_years + 1)),
            "Accordé",
            "Effet établi par mois, à la fin",
        ),
        [_path(game, half_years, key) for key in DOSSIERS],
    )


def _where(game: Game, half_years: int) -> Mapping[str, str]:
    """Return each bias shown, in order, with where: « A au semestre 1 »."""
    found: dict[str, list[str]] = {bias: [] for bias in BIASES}
    for number_ in range(1, half_years + 1):
        read = sitting(game, number_)
        for key, judged in read.judged.items():
            for bias in filter(None, (judged.bias, judged.ground_bias)):
                found[bias].append(f"dossier {key}, semestre {number_}")
        for bias, holds in (
            ("saupoudrage", read.scattered),
            ("depassement", read.overspent),
            ("incomplet", read.missing),
        ):
            if holds:
                found[bias].append(f"semestre {number_}")
    return {bias: " ; ".join(places) for bias, places in found.items() if places}


def _path(game: Game, half_years: int, key: str) -> tuple[str, ...]:
    decisions, granted = [], 0.0
    for number_ in range(1, half_years + 1):
        place, decision = game.places(number_)[key], game.half_years[number_ - 1].decisions.get(key)
        decided = SHORT_CHOICES[decision.choice] if decision else "aucune"
        decisions.append("déjà arrêté" if place is None else decided)
        granted += place.cost(decision.choice) if place and decision else 0
    end = game.places(half_years + 1)[key]
    measured = end is not None and end.now.proof == "etablie" and end.now.impact is not None
    effect = number(end.now.impact or 0) if end and measured else ("arrêté" if end is None else "non établi")
    return f"Dossier {key}", *decisions, thousands(granted), effect


# --- HTML


def html_table(caption: str, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a table with its caption and header scopes; the first cell of a line heads it."""
    left = "text-align:left;vertical-align:top"  # JupyterLab aligns to the right
    made = table(
        spaced(caption),
        [heading(spaced(text), "col", left) for text in heads],
        [
            [heading(spaced(first), "row", left), *(cell(spaced(text), left) for text in rest)]
            for first, *rest in lines
        ],
    )
    framed = Markup('<div class="campus-table" tabindex="0" role="group" aria-label="{}">{}</div>')
    return str(framed.format(spaced(caption), made))


def summary(game: Game, half_year: int) -> str:
    """Return the decisions of a sitting, as a list: for pages without a form."""
    decisions = game.half_years[half_year - 1].decisions if half_year <= len(game.half_years) else {}
    return _list([f"Dossier {key} : {_decided(one)}" for key, one in decisions.items()])


def _list(items: Iterable[str]) -> str:
    return str(listed(map(spaced, items)))
