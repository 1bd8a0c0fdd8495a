"""An author's file read as text, or a finding."""

from pathlib import Path

from autograder import paths
from autograder.modules.errors import Finding, ModuleError

OF_A_MODULE = {"module.yml", "notebook.md", "answers.yml", "instructor.md"}


def read_text(path: Path) -> str:
    """Return the text of a file; raise ModuleError when it is missing, not UTF-8, or cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        message = (
            "ce fichier manque ; créez-le (« campus new » montre un exemple)."
            if path.name in OF_A_MODULE
            else paths.not_a_course(path.name)
        )
    except UnicodeDecodeError:
        message = "ce fichier n’est pas en UTF-8 ; enregistrez-le dans cet encodage."
    except OSError as error:
        message = f"ce fichier ne peut pas être lu ({type(error).__name__}) ; vérifiez que c’est un fichier, et ses droits."
    raise ModuleError([Finding(path, 0, message)])
