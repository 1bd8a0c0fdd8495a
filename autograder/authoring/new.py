"""`campus new`: a module that builds and passes at once, to be rewritten part by part."""

import re
import shutil
from pathlib import Path

from autograder import paths
from autograder.modules.errors import Finding, ModuleError
from autograder.modules.load import module_folders

TEMPLATE = Path(__file__).with_name("template")


def new(module_id: str, slug: str, root: Path | None = None) -> Path:
    """Create `modules/<id>-<slug>/` and return it; raise ModuleError if the names do not fit or are taken."""
    root = root or paths.modules()
    folder = root / f"{module_id}-{slug}"
    if not re.fullmatch(r"[A-Z][0-9]{2}", module_id):
        raise ModuleError(
            [Finding(folder, 0, "l’identifiant est une majuscule suivie de deux chiffres, par exemple F15.")]
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise ModuleError(
            [
                Finding(
                    folder,
                    0,
                    "les mots du titre s’écrivent en minuscules sans accent, séparés par des tirets.",
                )
            ]
        )
    taken = next((path for path in module_folders(root) if path.name.startswith(f"{module_id}-")), None)
    if taken:
        raise ModuleError(
            [Finding(folder, 0, f"l’identifiant {module_id} est déjà pris par « {taken.name} ».")]
        )
    shutil.copytree(TEMPLATE, folder)
    description = folder / "module.yml"
    description.write_text(
        description.read_text(encoding="utf-8").replace("{id}", module_id), encoding="utf-8"
    )
    return folder
