"""What the page « Aujourd’hui » is made of: buttons of gestures, and what chooses files."""

from urllib.parse import quote

from markupsafe import Markup

BUSY = ' aria-disabled="true" aria-describedby="campus-geste-title"'


def button(gesture: str, about: str, text: str, busy: bool, *, primary: bool = False) -> Markup:
    """Return the button of a gesture. While another runs it keeps its place and its focus, and says that it is not usable."""
    return Markup(
        '<button type="button"{kind} data-action="{gesture}" data-about="{about}"{busy}>{text}</button>'
    ).format(
        kind=Markup(' class="campus-primary"' if primary else ""),
        gesture=gesture,
        about=about,
        text=text,
        busy=Markup(BUSY if busy else ""),
    )


def chooser(about: str, label: str, accepted: str, *, several: bool = False) -> Markup:
    """Return the field by which files are given: they are sent as soon as they are chosen."""
    return Markup(
        '<p class="campus-chooser"><label for="campus-fichiers-{about}">{label}</label> '
        '<input type="file" id="campus-fichiers-{about}" data-deposit="{about}" accept="{accepted}"{several}></p>'
    ).format(about=about, label=label, accepted=accepted, several=Markup(" multiple" if several else ""))


def file_link(path: str, name: str, base: str) -> Markup:
    """Return what opens a page of the course, or takes another file away; `base`: the server's base address."""
    page = path.endswith(".html")
    kind = ' target="_blank" rel="noopener"' if page else " download"
    text = f"Ouvrir {name} (nouvel onglet)" if page else f"Télécharger {name}"
    return Markup('<a href="{}files/{}"{}>{}</a>').format(base, quote(path), Markup(kind), text)
