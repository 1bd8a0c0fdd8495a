"""What the steps of our feedback and formgrader pages are made from."""

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import List, Unicode


class PageStep(NbGraderPreprocessor):  # type: ignore[misc]
    """nbgrader's base, that takes the option which every HTML exporter gives: without it each page logs a warning."""

    display_data_priority = List(Unicode()).tag(config=True)
