"""`campus check`: each rule met by a module that breaks it, in a message that says where and what to do."""

from datetime import date
from types import SimpleNamespace

import pytest

from autograder.authoring import lint
from autograder.authoring.check import check
from autograder.authoring.lint import errors_of, warnings_of
from autograder.modules.errors import ModuleError
from autograder.modules.load import load_module


def said(modules):
    try:
        return "\n".join(map(str, errors_of(load_module(modules / "X01-essai"))))
    except ModuleError as error:
        return str(error)


@pytest.mark.parametrize(
    ("name", "old", "text", "message"),
    [
        ("module.yml", "track: fondamentaux", "track: nulle-part", "parcours inconnu « nulle-part »"),
        ("module.yml", "status: draft", "status: published", "absent du parcours"),
        ("module.yml", "prerequisites: [F01]", "prerequisites: [Z99]", "prérequis inconnu « Z99 »"),
        (
            "module.yml",
            "datasets: [communes]",
            "datasets: [nuages]",
            "Le jeu de données « nuages » n’existe pas ici",
        ),
        ("module.yml", '"pix:1.3"', '"pix:9.9"', "compétence inconnue « pix:9.9 »"),
        ("module.yml", "exercises: [nommer]", "exercises: [nomer]", "exercice inconnu, « nomer »"),
        ("module.yml", "status: draft", "status: draft\npoints: 3", "clé inconnue (points)"),
        ("notebook.md", "Regarder le tableau (10 min)", "Regarder le tableau (60 min)", "font 70 min"),
        ("module.yml", 'title: "À écrire\u00a0: le titre du module"\n', "", "il manque la clé « title »"),
        ("module.yml", 'id: "X01"', 'id: "X02"', "« id » vaut X02, mais le dossier s’appelle « X01-essai »"),
        (
            "module.yml",
            "datasets: [communes]",
            "datasets: [communes, epci]",
            "« epci » est déclaré, mais rien ne le lit",
        ),
        ("module.yml", "datasets: [communes]", "datasets: []", "module.yml ne le déclare pas"),
        (
            "module.yml",
            "status: draft",
            "status: published",
            "module.yml, ligne 3 : un texte reste à écrire ici",
        ),
        (
            "module.yml",
            "status: draft",
            "status: published",
            "instructor.md, ligne 12 : un texte reste à écrire",
        ),
        ("module.yml", "audience: [N0]", "audience: [tous]", "choisissez parmi N0"),
        ("module.yml", "status: draft", "statut: draft", "clé inconnue (statut)"),
        ("module.yml", "audience: [N0]", "audience: [N0", "YAML illisible"),
        ("notebook.md", ":role: setup", ":role: try", "doit avoir le rôle « setup »"),
        ("notebook.md", 'check("nommer")', 'check("nomer")', 'exactement check("nommer")'),
        ("notebook.md", ":points: 1\n", "", "n’a pas de points"),
        ("notebook.md", ":role: answer", ":role: answer\n:points: 2", "sur la cellule notée"),
        (
            "notebook.md",
            'check("nommer")\n```',
            'check("nommer")',
            "ligne 45 : cette cellule de code n’est pas refermée",
        ),
        ("notebook.md", 'load("communes"', 'load("comunes"', "Vouliez-vous dire « communes » ?"),
        ("module.yml", "prerequisites: [F01]", "prerequisites: [X01]", "n’est pas son propre prérequis"),
        ("notebook.md", ":role: parameters", ":role: parametres", "rôle inconnu « parametres »"),
        ("notebook.md", "## Regarder", "#### Regarder", "saute un niveau"),
        ("notebook.md", "## Regarder", "# Regarder", "un seul titre de niveau 1"),
        ("notebook.md", "Pourquoi ce sujet", "![](carte.png) Pourquoi ce sujet", "pas de texte alternatif"),
        (
            "notebook.md",
            "Pourquoi ce sujet",
            '<img src="https://exemple.test/a.png" alt="x"> Pourquoi ce sujet',
            "hors ligne",
        ),
        (
            "notebook.md",
            "Pourquoi ce sujet",
            "![La carte](images/a.png) Pourquoi ce sujet",
            "ne dit pas ce que",
        ),
        (
            "notebook.md",
            "Pourquoi ce sujet",
            "![La carte des communes](images/carte.png) Pourquoi ce sujet",
            "l’image « images/carte.png » n’existe pas",
        ),
        (
            "notebook.md",
            "Pourquoi ce sujet",
            "![La carte des communes](carte.png) Pourquoi ce sujet",
            "se range dans le dossier « images »",
        ),
        ("notebook.md", "Pourquoi ce sujet", "{fact}`inconnu` Pourquoi ce sujet", "fait inconnu « inconnu »"),
        ("notebook.md", "### END SOLUTION\n", "", "dépareillées"),
        (
            "notebook.md",
            "Le tableau suivant compte",
            '`nombre = int((communes["type"] == "commune-actuelle").sum())`',
            "en clair",
        ),
        ("answers.yml", "    - id: peuplees", "    - id: toutes", "deux erreurs ont le même « id »"),
        (
            "answers.yml",
            "  otherwise: Regardez quel type vous avez compté.\n",
            "",
            "il manque le texte « otherwise »",
        ),
        ("answers.yml", "    solution: b\n", "", "donnez form.solution"),
        (
            "answers.yml",
            "  answer: {kind: number, name: nombre}",
            "  answer: {kind: set, name: nombre}",
            "ne peut pas recevoir",
        ),
        (
            "answers.yml",
            "  objective: compter",
            "  objective: nommer",
            "l’objectif « nommer » ne cite pas cet exercice",
        ),
        ("answers.yml", "  objective: compter", "  objective: conter", "vouliez-vous dire « compter » ?"),
        ("answers.yml", "      pick: a\n", "      pick: a\n      miss: b\n", "une et une seule des formes"),
        (
            "answers.yml",
            "Regardez quel type vous avez compté.",
            "Relisez {fact}`rsa-non-recours`.",
            "un fait ne se cite que dans notebook.md",
        ),
        (
            "answers.yml",
            "      pick: a\n",
            "      pick: z\n",
            "nomme « z », qui n’est pas une des options (a, b, c, d)",
        ),
        (
            "answers.yml",
            "      pick: a\n",
            "      miss: b\n",
            "« miss », qui n’a pas de sens sur un formulaire « choice »",
        ),
        ("answers.yml", "      pick: a\n", "      match: {a: b}\n", "« match », qui n’a pas de sens"),
        ("answers.yml", "      pick: a\n", "      before: [a, b]\n", "« before », qui n’a pas de sens"),
        ("answers.yml", "      pick: a\n", "      form: z\n", "nomme « z »"),
        (
            "answers.yml",
            "      pick: a\n",
            "      code: x = 1\n",
            "n’a pas de cellule de réponse où s’écrire",
        ),
        ("answers.yml", "    solution: b\n", "    solution: z\n", "la solution nomme « z »"),
        (
            "answers.yml",
            "{kind: choice}",
            "{kind: number}",
            "le genre « number » ne va pas avec le formulaire « choice »",
        ),
        (
            "answers.yml",
            "{kind: number, name: nombre}",
            "{kind: match, name: nombre}",
            "ne va pas avec le formulaire",
        ),
        (
            "answers.yml",
            "{kind: number, name: nombre}",
            "{kind: frame, name: nombre}",
            "il manque la clé « columns »",
        ),
        (
            "answers.yml",
            "{kind: number, name: nombre}",
            "{kind: chart, name: nombre}",
            "il manque la clé « requires »",
        ),
        (
            "answers.yml",
            "{kind: number, name: nombre}",
            "{kind: function, name: nombre}",
            "il manque la clé « cases »",
        ),
        ("answers.yml", "{kind: choice}", "{kind: choice, digits: 2}", "la clé « digits » ne sert pas ici"),
        ("answers.yml", "widget: number", "widget: slider", "il manque la clé « min »"),
        (
            "answers.yml",
            "    widget: number\n",
            "    widget: slider\n    min: 9\n    max: 1\n",
            "« min » doit être plus petit que « max »",
        ),
        (
            "answers.yml",
            "    widget: number\n",
            "    widget: committee\n    round: 1\n",
            "il manque la clé « seed »",
        ),
        (
            "answers.yml",
            "    unit: communes\n",
            "    explorer: {start: communes, tables: {communes: nuages}}\n",
            "Le jeu de données « nuages » n’existe pas ici",
        ),
        (
            "answers.yml",
            "    unit: communes\n",
            "    explorer: {start: epci, tables: {communes: communes}}\n",
            "« start » doit être un des tableaux proposés (communes)",
        ),
        (
            "answers.yml",
            "nommer:\n",
            "Nommer:\n",
            "la clé « Nommer » n’a pas la bonne forme ; on attend des minuscules",
        ),
    ],
)
def test_a_broken_rule_is_said(modules, edit, name, old, text, message):
    edit(name, old, text)
    assert message in said(modules)
    assert "X01-essai/" in said(modules)


def test_a_capstone_may_last_ninety_minutes(modules, edit):
    edit("module.yml", "status: draft", "status: draft\ncapstone: true")
    edit("notebook.md", "Regarder le tableau (10 min)", "Regarder le tableau (80 min)")
    assert said(modules) == ""
    edit("notebook.md", "Regarder le tableau (80 min)", "Regarder le tableau (81 min)")
    assert "dure de 20 à 90 min" in said(modules)


def test_an_exercise_that_answers_names_otherwise_is_said_once_in_each_file(modules, edit):
    edit("answers.yml", "nommer:\n", "nomer:\n")
    assert "n’est pas décrit dans answers.yml ; vouliez-vous dire « nomer » ?" in said(modules)
    assert len(said(modules).splitlines()) == 4  # two for the cells, two for the objective


def test_facts_to_review_are_warnings(modules, edit, monkeypatch):
    edit("notebook.md", "Pourquoi ce sujet", "L’usage : {fact}`rsa-non-recours` Pourquoi ce sujet")
    monkeypatch.setattr(lint, "date", SimpleNamespace(today=lambda: date(2099, 1, 1)))
    module = load_module(modules / "X01-essai")
    assert errors_of(module) == []
    assert "était à revérifier" in "\n".join(map(str, warnings_of(module)))


@pytest.mark.parametrize("content", [None, " \n"])
def test_a_page_for_the_instructor_is_required(modules, content):
    path = modules / "X01-essai" / "instructor.md"
    path.unlink()
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert "X01-essai/instructor.md : ce fichier" in said(modules)


def test_a_missing_file_is_said(modules):
    (modules / "X01-essai" / "answers.yml").unlink()
    assert "ce fichier manque" in said(modules)


def test_an_unknown_module_is_said_with_those_that_exist():
    with pytest.raises(ModuleError, match=r"Modules présents : .*F01"):
        check(["F99"])


def test_the_modules_of_the_course_have_nothing_to_mend():
    assert [str(finding) for report in check([]) for finding in report.errors] == []
