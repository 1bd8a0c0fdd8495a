"""Pictures of a module: files of its folder `images/`, put into the notebook itself, so that they travel with it and need no network.

An SVG may cite facts, `{fact}`id``, and values of the notebook, `{data}`expression``: its figures then follow their sources.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from markdown_it import MarkdownIt

from autograder.authoring import progress
from autograder.authoring.progress import Place
from autograder.authoring.values import plain
from autograder.french.numbers import number
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.facts import CITATION, Fact
from autograder.modules.model import Module
from autograder.modules.text_file import read_text

FOLDER = "images/"
MAX_BYTES = {".svg": 15_000, ".png": 60_000, ".webp": 60_000, ".jpg": 60_000}
"""A notebook holds its pictures, and is copied at each submission: each must stay light."""

TYPES = {".svg": "svg+xml", ".png": "png", ".webp": "webp", ".jpg": "jpeg"}
SHORTEST_ALT = 15
DATA = re.compile(r"\{data\}`([^`]+)`")
ACTIVE = re.compile(
    r"<(script|foreignObject|iframe)\b|\son\w+\s*=|(href|src)\s*=\s*[\"'](?!#|data:)|url\(\s*[\"']?(?!#)",
    re.I,
)
FIGURE = re.compile(r"\d[\d\u00a0\u202f ]*[\d%]|\d+,\d+")


@dataclass(frozen=True)
class Picture:
    """A picture cited in `notebook.md`: its text alternative, the path written, and the line of its paragraph."""

    alt: str
    target: str
    line: int


def pictures(module: Module) -> Iterator[Picture]:
    """Yield the pictures that the Markdown cells of a module show."""
    for cell in module.cells:
        if cell.kind == "markdown":
            yield from _shown(cell.source, cell.line)


def is_unread(text: str) -> bool:
    """Tell whether a line means to show a picture, and Markdown sees none in it."""
    bare = re.sub(r"`[^`]*`", "", text)
    return bool(re.search(r"!\[[^\]]*\]\s*\(", bare)) and not any(_shown(bare))


def _shown(source: str, line: int = 0) -> Iterator[Picture]:
    if "![" not in source:
        return
    for block in MarkdownIt("commonmark").parse(source):
        for part in block.children or []:
            if part.type == "image":
                first = block.map[0] if block.map else 0
                yield Picture(part.content, str(part.attrs["src"]), line + first)


def embedded(source: str, folder: Path, facts: Mapping[str, Fact], namespace: Mapping[str, Any]) -> str:
    """Return a Markdown text with its pictures in it, as data URIs. Raises ModuleError for a value that cannot be computed."""
    for target in {one.target for one in _shown(source)}:
        source = source.replace(f"]({target})", f"]({_address(folder / target, facts, namespace)})")
    return source


def _address(path: Path, facts: Mapping[str, Fact], namespace: Mapping[str, Any]) -> str:
    content = _filled(path, facts, namespace).encode() if path.suffix == ".svg" else path.read_bytes()
    return f"data:image/{TYPES[path.suffix]};base64,{base64.b64encode(content).decode()}"


def _filled(path: Path, facts: Mapping[str, Fact], namespace: Mapping[str, Any]) -> str:
    """Return an SVG with its facts and its values in place of their citations."""
    text = CITATION.sub(lambda found: escape(facts[found.group(2)].cited(found.group(1))), read_text(path))
    return DATA.sub(lambda found: escape(_value(path, found.group(1), namespace)), text)


def _value(path: Path, expression: str, namespace: Mapping[str, Any]) -> str:
    rows = read_text(path).splitlines()
    line = next((n for n, row in enumerate(rows, start=1) if f"`{expression}`" in row), 0)
    progress.at(Place(path, line, f"la valeur « {expression} »"))
    try:
        value = plain(eval(expression, dict(namespace)))
    except (Exception, SystemExit) as error:
        message = f"la valeur « {expression} » ne se calcule pas à la fin du carnet ({error})."
        raise ModuleError([Finding(path, line, message)]) from error
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number(value, 0 if float(value).is_integer() else 1)
    return str(value)


def findings(module: Module, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    """Yield what keeps a picture from being shown, read aloud, or kept with the notebook."""
    for picture in pictures(module):
        yield from (
            Finding(module.folder / "notebook.md", picture.line, message)
            for message in _wrong(module, picture)
        )
    for path in sorted({module.folder / one.target for one in pictures(module)}):
        if path.suffix == ".svg" and path.is_file():
            yield from _wrong_svg(path, facts)


def _wrong(module: Module, picture: Picture) -> Iterator[str]:
    path = module.folder / picture.target
    if not picture.alt.strip():
        yield "cette image n’a pas de texte alternatif."
    elif len(picture.alt) < SHORTEST_ALT or picture.alt == path.name:
        yield f"le texte alternatif « {picture.alt} » ne dit pas ce que l’image apprend : écrivez une phrase."
    if re.match("https?:", picture.target):
        yield "rien ne doit venir d’un autre site : le cours fonctionne hors ligne."
    elif not re.fullmatch(r"images/[A-Za-z0-9_-]+\.[a-z]+", picture.target):
        yield (
            f"« {picture.target} » : une image se range dans le dossier « images » du module, sous un nom sans espace ni "
            "accent, et se cite ![texte alternatif](images/nom.svg)."
        )
    elif not path.is_file():
        yield f"l’image « {picture.target} » n’existe pas dans le dossier du module."
    elif path.suffix not in TYPES:
        yield f"« {path.name} » : format inconnu ; employez {', '.join(TYPES)}."
    elif path.stat().st_size > MAX_BYTES[path.suffix]:
        limit = MAX_BYTES[path.suffix] // 1000
        yield f"« {path.name} » pèse {path.stat().st_size // 1000} ko ; la limite est de {limit} ko : allégez-la."


def _wrong_svg(path: Path, facts: Mapping[str, Fact]) -> Iterator[Finding]:
    text = read_text(path)
    try:
        root = ElementTree.fromstring(CITATION.sub("", DATA.sub("", text)))
    except ElementTree.ParseError as error:
        yield Finding(
            path, error.position[0], "ce fichier n’est pas un SVG bien formé : enregistrez-le de nouveau."
        )
        return
    if not root.tag.endswith("}svg") or "viewBox" not in root.attrib:
        yield Finding(
            path, 1, "l’image doit être un SVG avec xmlns et viewBox : sans eux, elle ne s’affiche pas."
        )
    for found in ACTIVE.finditer(text):
        message = (
            f"« {found.group().strip()} » : une image ne contient ni script, ni lien, ni fichier extérieur."
        )
        yield Finding(path, text.count("\n", 0, found.start()) + 1, message)
    for found in CITATION.finditer(text):
        if found.group(2) not in facts:
            message = f"fait inconnu « {found.group(2)} » ; voyez course/facts.yml."
            yield Finding(path, text.count("\n", 0, found.start()) + 1, message)


def warnings(module: Module) -> Iterator[Finding]:
    """Yield the figures typed in an SVG, the pictures without a background, and those that no text shows."""
    shown = {one.target for one in pictures(module)}
    for path in sorted((module.folder / "images").glob("*")):
        if f"{FOLDER}{path.name}" not in shown:
            yield Finding(path, 0, "aucun texte de notebook.md ne montre cette image.")
        elif path.suffix == ".svg":
            yield from _typed(path)


def _typed(path: Path) -> Iterator[Finding]:
    text = read_text(path)
    if "<rect" not in text:
        message = "pas de fond : sur un thème sombre, un texte noir ne se lira pas. Commencez par un rectangle blanc."
        yield Finding(path, 1, message)
    for number_, line in enumerate(DATA.sub("", CITATION.sub("", text)).splitlines(), start=1):
        for words in re.findall(r">([^<]*)<", line):
            if found := FIGURE.search(words):
                message = (
                    f"le chiffre « {found.group()} » est écrit à la main : citez un fait ({{fact}}`…`) ou une valeur du "
                    "carnet ({data}`…`), pour qu’il suive sa source."
                )
                yield Finding(path, number_, message)
