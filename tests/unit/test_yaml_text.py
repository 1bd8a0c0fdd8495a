"""An author's YAML: every slip has its line and a French sentence; whatever the text, never a traceback."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.modules.errors import ModuleError
from autograder.modules.notebook_text import read_cells
from autograder.modules.text_file import read_text
from autograder.modules.yaml_text import parse, read

FILE = Path("F15-essai/answers.yml")


def said(text):
    with pytest.raises(ModuleError) as raised:
        parse(FILE, text)
    return str(raised.value)


def test_a_key_written_twice_is_said_with_both_lines():
    text = "nommer:\n  title: a\n  title: b\ncompter: {}\nnommer:\n  title: c\n"
    assert said(text).splitlines() == [
        "F15-essai/answers.yml, ligne 3 : la clé « title » est en double : elle est déjà ligne 2. Renommez l’une des deux.",
        "F15-essai/answers.yml, ligne 5 : la clé « nommer » est en double : elle est déjà ligne 1. Renommez l’une des deux.",
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("a: b: c", 1, "un deux-points suivi d’une espace"),
        ("a: 1\nb: 'x\nc: 1", 2, "un guillemet ouvert n’est pas refermé"),
        ("a:\n\tb: 1", 2, "une tabulation"),
        ("a:\n  b: 1\n\u00a0\u00a0c: 2\n  d: 3\n", 3, "une espace insécable y tient la place"),
        ("a: 1\nb:\u00a02\nc: 3", 2, "une espace insécable y tient la place"),
        ("a: 1\nb:2\nc: 3", 2, "il manque un deux-points, suivi d’une espace"),
        ("a: texte\n\tb: 1", 2, "une tabulation commence cette ligne"),
        ("a: [1, 2\nb: 3", 2, "ne sont pas refermés"),
        ('a: {code: t["x"].sum()}', 1, "mettez ce texte entre guillemets, ou sur sa propre ligne"),
        ("a: *tout*", 1, "mettez le texte entre guillemets"),
        ("a: !important", 1, "un point d’exclamation en tête de valeur"),
        ('a: "\\d"', 1, "une barre oblique inverse se double"),
        ("a:\n- 1\n- 2\n b: 1", 4, "alignez-la sur les autres"),
        ("---\na: 1\n---\nb: 2", 3, "trois tirets"),
        ("? [1]\n: 2", 1, "une clé est un texte court"),
        ("a: 1\nb: 2026-13-45", 2, "ressemble à une date"),
        ("a: &x [*x]", 0, "se contient lui-même"),
        ("a: \x01", 0, "caractère de commande invisible"),
    ],
)
def test_what_is_not_yaml_is_said_in_french_with_its_line(text, line, message):
    assert message in said(text)
    assert (f"ligne {line} :" in said(text)) == bool(line)


def test_every_key_is_a_text_as_its_author_wrote_it():
    assert parse(FILE, "{1: a, no: b, 2026-01-01: c}").data == {"1": "a", "no": "b", "2026-01-01": "c"}


def test_unknown_keys_are_said_at_their_own_line_with_the_nearest(tmp_path):
    file = tmp_path / "programme.yml"
    file.write_text(
        "tracks:\n- id: a\n  title: T\n  sumary: S\n  modules: []\n  summary: S\n", encoding="utf-8"
    )
    with pytest.raises(ModuleError, match=r"ligne 4 : clé inconnue .sumary. ; vouliez-vous dire « summary »"):
        read(file, "programme")


@pytest.mark.parametrize("number", [".nan", ".inf"])
def test_what_is_not_a_number_is_none(tmp_path, number):
    file = tmp_path / "module.yml"
    file.write_text(f"pass_mark: {number}\n", encoding="utf-8")
    with pytest.raises(ModuleError, match="on attend un nombre, pas"):
        read(file, "module")


def test_a_file_that_is_not_a_text_is_said(tmp_path):
    (tmp_path / "notebook.md").write_bytes("été".encode("latin-1"))
    (tmp_path / "answers.yml").mkdir()
    for name, message in {
        "notebook.md": "n’est pas en UTF-8",
        "answers.yml": "vérifiez que c’est un fichier",
        "module.yml": "campus new",
        "programme.yml": "checkout -- course/programme.yml",
    }.items():
        with pytest.raises(ModuleError, match=message):
            read_text(tmp_path / name)


WRITTEN = st.text(alphabet=st.sampled_from("ab:-# \n\t'\"[]{}&*!|>%@`,?0.é\\"), max_size=60)


@given(WRITTEN)
def test_any_text_is_read_or_refused_in_words(text):
    try:
        parse(FILE, text)
    except ModuleError as error:
        assert "answers.yml" in str(error)


@given(
    st.lists(
        st.sampled_from(
            [
                "```{code-cell} python",
                "```",
                ":role: setup",
                ":points: x",
                ":exercise: [a",
                "+++",
                '+++ {"role": "answer"}',
                "+++ {",
                "# Titre",
                "---",
                "a: 1",
                "~~~",
                "",
            ]
        ),
        max_size=12,
    )
)
def test_any_notebook_text_is_read_or_refused_in_words(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("module") / "notebook.md"
    path.write_text("\n".join(lines), encoding="utf-8")
    try:
        read_cells(path)
    except ModuleError as error:
        assert "notebook.md" in str(error)
