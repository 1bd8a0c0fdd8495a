"""The JSON Schema of answers.yml, and the table of activities for authors: the ordinary kinds, and what each activity says of itself.

`python -m autograder.authoring.answers_schema` writes both again. They are committed: editors read the schema beside the modules, and
loading a module imports no activity.
"""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

from autograder import modules, paths
from autograder.activities import registry
from autograder.contract.activity import Activity

COMMAND = "python -m autograder.authoring.answers_schema"
SCHEMA = Path(modules.__file__).parent / "schemas" / "answers.json"
TABLE = re.compile(r"(?<=<!-- activités -->\n).*?(?=<!-- fin des activités -->)", re.DOTALL)


def composed() -> dict[str, Any]:
    """Return the schema of answers.yml, activities included."""
    base = files("autograder.authoring").joinpath("answers_base.json").read_text(encoding="utf-8")
    schema: dict[str, Any] = {"$comment": f"Fabriqué par {COMMAND}", **json.loads(base)}
    exercise = schema["$defs"]["exercise"]["properties"]
    for activity in map(registry.load, registry.ACTIVITIES):
        _add(activity, exercise["form"], exercise["answer"])
    return schema


def _add(activity: Activity, form: dict[str, Any], answer: dict[str, Any]) -> None:
    if twice := form["properties"].keys() & activity.keys:
        raise ValueError(f"{activity.name}: keys of another widget: {sorted(twice)}")
    form["properties"].update(activity.keys)
    if not activity.beside:
        form["properties"]["widget"]["enum"].append(activity.name)
        answer["properties"]["kind"]["enum"].append(activity.name)
        form["allOf"].append(
            _rule("widget", activity.name, ["widget", "label", "solution", *activity.keys], activity.required)
        )
        own = [
            *(["also"] if activity.also else []),
            *(["tolerance"] if activity.precise else []),
        ]
        answer["allOf"].append(_rule("kind", activity.name, ["kind", "name", *own]))
    for rule in form["allOf"]:
        if rule["if"]["properties"]["widget"]["const"] in activity.beside:
            rule["then"]["propertyNames"]["enum"].extend(activity.keys)


def _rule(key: str, name: str, allowed: list[str], required: tuple[str, ...] = ()) -> dict[str, Any]:
    then: dict[str, Any] = {"propertyNames": {"enum": allowed}}
    if required:
        then["required"] = list(required)
    return {"if": {"required": [key], "properties": {key: {"const": name}}}, "then": then}


def table() -> str:
    """Return the table of activities, in Markdown."""
    rows = [
        "| Activité | Ce que fait l’apprenant | Se choisit par | Clés, en plus de `label` et `solution` |",
        "|---|---|---|---|",
    ]
    for activity in map(registry.load, registry.ACTIVITIES):
        where = (
            " ou ".join(f"`widget: {widget}`, avec sa clé" for widget in activity.beside)
            or f"`kind` et `widget: {activity.name}`"
        )
        rows.append(f"| `{activity.name}` | {activity.title} | {where} | {_keys(activity)} |")
    return "\n".join(rows) + "\n"


def _keys(activity: Activity) -> str:
    """Return the keys of a form in words, those that it must have first."""
    required = [f"`{key}`" for key in activity.required]
    rest = [f"`{key}`" for key in activity.keys if key not in activity.required]
    told = (
        " et ".join(filter(None, [", ".join(required[:-1]), *required[-1:]]))
        + f" ({'obligatoires' if len(required) > 1 else 'obligatoire'})"
    )
    return ", ".join([told, *rest] if required else rest) or "aucune"


def written() -> dict[Path, str]:
    """Return each file that is made, with its text."""
    page = paths.home() / "docs" / "format-d-un-module.md"
    return {
        SCHEMA: json.dumps(composed(), ensure_ascii=False, indent=1) + "\n",
        page: TABLE.sub(lambda _: table(), page.read_text(encoding="utf-8")),
    }


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")
