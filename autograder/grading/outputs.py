"""Outputs of learners' code made harmless before any page shows them."""

from nbformat import NotebookNode

WIDGET = "application/vnd.jupyter.widget-view+json"


def defuse(outputs: list[NotebookNode]) -> None:
    """Drop widgets, which pages without a kernel cannot show. Drop the metadata of outputs, except text alternatives.

    nbconvert writes a picture's width without quotes, and reads its file from there: a learner could run a
    script, or load a remote picture, in a grader's page.
    """
    for output in outputs:
        output.get("data", {}).pop(WIDGET, None)
        if "metadata" in output:
            output["metadata"] = NotebookNode(
                {
                    mime: {"alt": own["alt"]}
                    for mime, own in output["metadata"].items()
                    if isinstance(own, dict) and isinstance(own.get("alt"), str)
                }
            )
