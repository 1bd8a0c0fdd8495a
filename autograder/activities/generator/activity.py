"""A model to train, as the other rooms see it: a setting to find, or a share to read."""

from collections.abc import Mapping

from autograder.activities.generator import form, settings, show, slips
from autograder.activities.generator.kind import Trained
from autograder.contract.activity import Activity


def datasets(own: form.GeneratorForm) -> Mapping[tuple[str, ...], str]:
    """Return the dataset of the names."""
    return {("corpus", "dataset"): own["corpus"]["dataset"]}


ACTIVITY = Activity(
    name="generator",
    title="entraîner un petit modèle sur les noms d’un jeu de données, tirer des noms et les comparer à la vraie liste ; avec `reach`, trouver "
    "un réglage, sinon lire une part",
    kind=Trained(),
    ordinary=form.ordinary,
    keys=form.SCHEMA,
    required=form.REQUIRED,
    public=tuple(form.SCHEMA),
    precise=True,
    read=settings.read,
    static=show.static,
    described=show.described,
    asked={"drawn": show.drawn},
    datasets=datasets,
    faults=slips.faults,
    seconds=form.seconds,
)
