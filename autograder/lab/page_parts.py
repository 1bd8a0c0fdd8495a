"""What the pages of the learner's space are made of: parts named by their titles, links to modules, durations in words."""

from markupsafe import Markup

from autograder.french.dates import lasting
from autograder.french.numbers import NO_BREAK
from autograder.html import joined
from autograder.lab.card import Card


def section(id: str, title: str, *content: Markup) -> Markup:
    """Return a part of the page, named by its title."""
    return Markup(
        '<section id="campus-{id}" aria-labelledby="campus-{id}-title"><h2 id="campus-{id}-title">{title}</h2>{content}</section>'
    ).format(id=id, title=title, content=joined(content))


def folded(
    id: str, level: int, title: str, content: Markup, after: Markup, *, opened: bool = False
) -> Markup:
    """Return a title that unfolds what it heads; `after` stays in sight. The page remembers which are open (folds.js)."""
    return Markup(
        '<h{level} class="campus-fold"><button type="button" aria-expanded="{expanded}" aria-controls="campus-{id}-content">{title}'
        '</button></h{level}>{after}<div id="campus-{id}-content"{hidden}>{content}</div>'
    ).format(
        id=id,
        level=level,
        title=title,
        content=content,
        after=after,
        expanded="true" if opened else "false",
        hidden=Markup("" if opened else " hidden"),
    )


def link(module: Card, text: str) -> Markup:
    """Return a link that opens a module."""
    path = f"{module.folder_name}/{module.folder_name}.ipynb"
    return Markup('<a href="#" data-path="{}">{}</a>').format(path, text)


def named(module: Card) -> str:
    """Return the number and the title of a module."""
    return f"{module.id} – {module.title}"


def duration(minutes: int) -> str:
    """Return a duration in words."""
    return count(minutes, "minute") if minutes < 60 else lasting(minutes)


def count(number: int, words: str) -> str:
    """Return a number and what it counts, in the plural where French has it."""
    if number < 2:
        return f"{number}{NO_BREAK}{words}"
    return f"{number}{NO_BREAK}{' '.join(f'{word}s' for word in words.split(' '))}"
