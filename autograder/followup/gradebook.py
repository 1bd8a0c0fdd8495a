"""The gradebook of a course, opened with a clear message for whatever keeps it from serving."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.api import Gradebook, InvalidEntry
from nbgrader.coursedir import CourseDirectory

from autograder.grading.gradebook_file import close_to_others, in_words
from autograder.grading.release import load_config, put_programs_on_path, require_usable_gradebook


@contextmanager
def opened(course: Path) -> Iterator[Gradebook]:
    """Open the gradebook, a new one where nothing was graded yet. Raises GradingError."""
    put_programs_on_path()
    require_usable_gradebook(course)
    settings = CourseDirectory(config=load_config(course))
    with in_words(settings.db_url), Gradebook(settings.db_url, settings.course_id) as gradebook:
        close_to_others(settings.db_url)
        try:
            yield gradebook
        except InvalidEntry as error:  # nbgrader's word for any refusal of the database
            raise error.__context__ or error from None
