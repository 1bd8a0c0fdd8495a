"""Passages of a document, as the other rooms see them: the answers are those of an ordinary form, drawn in a text."""

from autograder.activities.passages import form, show
from autograder.contract.activity import Activity

ACTIVITY = Activity(
    name="passages",
    title="cliquer ou étiqueter des passages d’un document, marqués `[a]{ses mots}` dans `document` ; `pick` dit combien : `one`, `several`, "
    "ou `label` avec `labels: {x: Faux, y: Flou}`",
    keys={
        "document": {"type": "string", "minLength": 1},
        "pick": {"enum": list(form.WIDGETS)},
        "labels": {
            "type": "object",
            "minProperties": 2,
            "additionalProperties": {"type": "string", "minLength": 1},
        },
    },
    required=("document", "pick"),
    public=("document", "pick", "labels"),
    ordinary=form.ordinary,
    static=show.static,
    described=show.described,
    faults=form.faults,
    seconds=form.seconds,
)
