"""A page in bare Chromium whose scripts are the files of the tree, as they are written."""

from collections.abc import Callable

from playwright.sync_api import Route

from autograder import paths

ADDRESS = "http://cours.test"


def serving(empty_page: str) -> Callable[[Route], None]:
    """Return what answers any request under ADDRESS: a file of the repository, else an empty page."""

    def serve(route: Route) -> None:
        path = paths.home() / route.request.url.removeprefix(f"{ADDRESS}/")
        if path.is_file():
            route.fulfill(path=path, content_type="text/javascript")
        else:
            route.fulfill(body=empty_page, content_type="text/html")

    return serve
