"""Whether an instructor hands out and takes back work by nbgrader's exchange: without one, people learn alone."""

import os


def has_exchange() -> bool:
    """Whether nbgrader's configuration names a course and an exchange folder that exists."""
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange import ExchangeFactory

    app = NbGrader()
    app.load_config_file()
    course = CourseDirectory(config=app.config)
    exchange = ExchangeFactory(config=app.config).exchange(coursedir=course, config=app.config)
    return bool(course.course_id) and os.path.isdir(exchange.root)
