"""Python's errors explained in French to somebody who did not ask to become a programmer."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from markupsafe import Markup

from autograder.checks.near import hint, unknown_name
from autograder.checks.text import render
from autograder.checks.unreadable import cause

Explanation = tuple[type[BaseException], str]

EXAMPLE = '`(communes["departement"] == "69") & (communes["population"] > 0)`'
OPERATORS = f"chaque condition se met entre parenthèses, avec `&` (et) ou `|` (ou) entre elles : {EXAMPLE}."
TRUTH = (
    "il faut ici un seul « vrai » ou « faux », et il y en a toute une colonne. Dans un filtre, écrivez `&` au lieu de `and`, "
    f"`|` au lieu de `or`, `~` au lieu de `not`, et chaque condition entre parenthèses : {EXAMPLE}."
)
PARTICULARS = [
    (
        TypeError,
        re.compile(r"(?:operation|perform) 'r?(?:and|or)_'|for [&|]:|'bitwise_(?:and|or)'"),
        OPERATORS,
    ),
    (ValueError, re.compile(r"^The truth value of an? .+ is ambiguous"), TRUTH),
    (
        TypeError,
        re.compile(r"'(?:function|method|builtin_function_or_method)' object is not subscriptable"),
        "une fonction se sert avec des parenthèses `( )`, et non avec des crochets `[ ]`.",
    ),
    (
        TypeError,
        re.compile(r"missing \d+ required (?:positional|keyword-only) argument"),
        "il manque quelque chose entre les parenthèses de la fonction : elle n’a pas reçu tout ce qu’elle attend.",
    ),
    (
        TypeError,
        re.compile(r"takes .+ positional arguments? but \d+ (?:was|were) given"),
        "il y a trop de choses entre les parenthèses de la fonction.",
    ),
    (
        TypeError,
        re.compile(r"not supported between instances of|^Invalid comparison between"),
        "on compare un nombre et un texte. Un nombre s’écrit sans guillemets ; une colonne se nomme entre crochets, qui se referment "
        'avant la comparaison : `communes["population"] > 5000`.',
    ),
    (
        TypeError,
        re.compile(r"object is not callable"),
        "des parenthèses suivent quelque chose qui n’est pas une fonction. Une colonne ou une position se met entre crochets `[ ]`.",
    ),
]
"""kind, what Python or pandas says, the same for somebody who does not program."""

EXPLANATIONS: list[Explanation] = [
    (
        NameError,
        "le nom {name} n’est pas connu. Vérifiez son orthographe, majuscules comprises, et que la cellule qui le "
        "crée a bien été exécutée avant celle-ci (l’ordre compte).",
    ),
    (
        IndentationError,
        "les espaces en début de ligne ne sont pas réguliers. Alignez les lignes d’un même bloc.",
    ),
    (
        SyntaxError,
        "Python n’arrive pas à lire cette ligne. Cherchez une parenthèse, un guillemet ou une virgule qui manque, "
        "juste avant l’endroit signalé.",
    ),
    (
        ModuleNotFoundError,
        "la bibliothèque {name} n’est pas installée ici. Vérifiez l’orthographe de son nom.",
    ),
    (
        KeyError,
        "{name} n’existe pas dans ce tableau ou ce dictionnaire. Comparez avec les noms de colonnes : accents, "
        "majuscules et espaces comptent.",
    ),
    (
        AttributeError,
        "cet objet ne connaît pas {name}. Vérifiez l’orthographe, et que vous travaillez bien sur un tableau "
        "ou une colonne.",
    ),
    (
        IndexError,
        "vous demandez une position qui n’existe pas : la liste est plus courte. Python compte à partir de 0.",
    ),
    (OverflowError, "un nombre est devenu trop grand pour être calculé."),
    (ZeroDivisionError, "il y a une division par zéro. Regardez ce que vaut le diviseur."),
    (
        TypeError,
        "une opération mélange des valeurs qui ne vont pas ensemble (du texte et un nombre, par exemple), ou une "
        "fonction n’a pas reçu ce qu’elle attend.",
    ),
    (
        ValueError,
        "une valeur n’a pas la forme attendue (un texte là où il faut un nombre, des tailles différentes…).",
    ),
    (FileNotFoundError, "le fichier demandé est introuvable. Vérifiez son nom et son dossier."),
    (RecursionError, "une fonction s’appelle elle-même sans fin."),
    (MemoryError, "ce calcul demande plus de mémoire que l’ordinateur n’en a."),
    (KeyboardInterrupt, "le calcul a été interrompu, par vous ou parce qu’il durait trop longtemps."),
]


VAGUE = (TypeError, ValueError)
"""Errors whose general sentence names no cause; so is a SyntaxError whose spaces are right."""


def is_precise(error: BaseException) -> bool:
    """Tell whether the explanation of an error names its cause, rather than where to look for one."""
    if _particular(error):
        return True
    is_vague = isinstance(error, VAGUE) or (
        isinstance(error, SyntaxError) and not isinstance(error, IndentationError)
    )
    return not is_vague and _meaning(error) is not None


def explain(error: BaseException, variables: Mapping[str, Any] = MappingProxyType({})) -> str | None:
    """Return what an error means, in French with its Python name, or None for an error that is not common.

    `variables` are those of the notebook: a name among theirs is offered in place of an unknown one.
    """
    said = _meaning(error)
    if said is None:
        return None
    return " ".join(filter(None, [f"**{type(error).__name__}** : {said}", hint(error, variables)]))


def _meaning(error: BaseException) -> str | None:
    general = (text.format(name=_said_name(error)) for kind, text in EXPLANATIONS if isinstance(error, kind))
    return _particular(error) or next(general, None)


def _particular(error: BaseException) -> str | None:
    """Return what is said of an error whose message tells more than its kind."""
    if isinstance(error, SyntaxError) and (said := cause(error)):
        return said
    told = (text for kind, mark, text in PARTICULARS if isinstance(error, kind) and mark.search(str(error)))
    return next(told, None)


def _said_name(error: BaseException) -> str:
    """Return the name that an error speaks of, between French quotation marks."""
    quoted = re.findall(r"['\"]([^'\"]+)['\"]", str(error)) or [str(error)]
    return f"« {unknown_name(error) or quoted[0]} »"


def show_explanations() -> None:
    """In a notebook, explain each error in French above Python's message. Does nothing elsewhere."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((Exception, KeyboardInterrupt), _show)


def _show(
    shell: Any, kind: type[BaseException], value: BaseException, trace: Any, tb_offset: int | None = None
) -> None:
    from IPython.display import HTML, display

    explained = explain(value, shell.user_ns)
    if explained:
        display(HTML(str(_box(explained))))
    shell.showtraceback((kind, value, trace), tb_offset=tb_offset)


def _box(explained: str) -> Markup:
    return Markup(
        '<div role="status" style="border-left:0.4em solid #9a6700;padding:0.4em 1em;margin:0.4em 0;max-width:50em">'
        '<p style="margin:0.2em 0"><strong>Une erreur s’est produite : c’est courant et sans danger.</strong></p>{}'
        '<p style="margin:0.2em 0">Corrigez la cellule, puis exécutez-la à nouveau. Le message de Python suit.</p></div>'
    ).format(render(explained))
