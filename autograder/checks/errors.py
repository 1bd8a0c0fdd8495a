"""Python's errors explained in French to somebody who did not ask to become a programmer."""

import re
from typing import Any

from autograder.checks.text import render

Explanation = tuple[type[BaseException], str]

EXPLANATIONS: list[Explanation] = [
    (
        NameError,
        "le nom {quoted} n’est pas connu. Vérifiez son orthographe, majuscules comprises, et que la cellule qui le "
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
        "la bibliothèque {quoted} n’est pas installée ici. Vérifiez l’orthographe de son nom.",
    ),
    (
        KeyError,
        "{quoted} n’existe pas dans ce tableau ou ce dictionnaire. Comparez avec les noms de colonnes : accents, "
        "majuscules et espaces comptent.",
    ),
    (
        AttributeError,
        "cet objet ne connaît pas {last}. Vérifiez l’orthographe, et que vous travaillez bien sur un tableau "
        "ou une colonne.",
    ),
    (
        IndexError,
        "vous demandez une position qui n’existe pas : la liste est plus courte. Python compte à partir de 0.",
    ),
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


def explain(error: BaseException) -> str | None:
    """Return what an error means, in French with its Python name, or None for an error that is not common."""
    for kind, text in EXPLANATIONS:
        if isinstance(error, kind):
            quoted = re.findall(r"['\"]([^'\"]+)['\"]", str(error)) or [str(error)]
            return f"**{type(error).__name__}** : " + text.format(
                quoted=f"« {quoted[0]} »", last=f"« {quoted[-1]} »"
            )
    return None


def show_explanations() -> None:
    """In a notebook, explain each error in French above Python's message. Does nothing elsewhere."""
    try:
        from IPython.core.getipython import get_ipython
    except ImportError:
        return
    shell = get_ipython()
    if shell is not None:
        shell.set_custom_exc((Exception,), _show)


def _show(
    shell: Any, kind: type[BaseException], value: BaseException, trace: Any, tb_offset: int | None = None
) -> None:
    from IPython.display import HTML, display

    explained = explain(value)
    if explained:
        display(HTML(_box(explained)))
    shell.showtraceback((kind, value, trace), tb_offset=tb_offset)


def _box(explained: str) -> str:
    line = "<p style='margin:0.2em 0'>"
    return (
        '<div role="status" style="border-left:0.4em solid #9a6700;padding:0.4em 1em;margin:0.4em 0;max-width:50em">'
        f"{line}<strong>Une erreur s’est produite : c’est courant et sans danger.</strong></p>{render(explained)}"
        f"{line}Corrigez la cellule, puis exécutez-la à nouveau. Le message de Python suit.</p></div>"
    )
