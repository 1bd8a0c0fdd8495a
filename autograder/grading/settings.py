"""The settings of a course, `nbgrader_config.py`: Python, written by people. What cannot be read stops everything.

nbgrader logs the error and goes on with its own defaults: learners' code would then run without any protection.
"""

from pathlib import Path
from typing import Any

from nbgrader.apps.baseapp import NbGrader
from traitlets.config.loader import (
    Config,
    ConfigFileNotFound,
    FileConfigLoader,
    JSONFileConfigLoader,
    PyFileConfigLoader,
)

CONFIG_FILE = "nbgrader_config.py"
BAD_CONFIG = "« {path} » ne se lit pas ({reason}) : corrigez ce que vous y avez ajouté, puis relancez."


class BrokenSettings(SystemExit):
    """The message, in French, names the file and the line. Uncaught in a command, it ends it without a traceback."""


class _Strict(FileConfigLoader):
    """traitlets' reader of settings, that raises BrokenSettings for whatever goes wrong in them."""

    def load_config(self) -> Config:
        """Return the settings; raise ConfigFileNotFound or BrokenSettings."""
        try:
            return super().load_config()
        except ConfigFileNotFound:
            raise
        except Exception as error:
            where = self.full_filename or self.filename
            raise BrokenSettings(BAD_CONFIG.format(path=where, reason=_reason(error, where))) from error


class Loader(_Strict, PyFileConfigLoader):
    """Of settings in Python."""


class JsonLoader(_Strict, JSONFileConfigLoader):
    """Of settings in JSON, which nbgrader reads beside the others."""


def read_settings(course: Path) -> Config:
    """Return the settings of a course directory. Raises BrokenSettings."""
    return Loader(CONFIG_FILE, path=str(course)).load_config()


def refuse_broken_settings() -> None:
    """Have nbgrader's commands read settings so: traitlets has a setting for that, which a file of settings cannot give."""
    NbGrader.python_config_loader_class = Loader
    NbGrader.json_config_loader_class = JsonLoader


def _reason(error: Exception, path: str) -> str:
    """Say where and what, from the last line of the file that was being run."""
    line: Any = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    what = "" if isinstance(error, SyntaxError) else f"{type(error).__name__} : {error}"
    return ", ".join(filter(None, [f"ligne {line}" if line else "", what]))
