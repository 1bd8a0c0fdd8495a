"""The flags of a copy: what an instructor must know of it, in French."""

from autograder.french.commands import some
from autograder.printable import printable
from autograder.sandbox import CellResult

KINDS = {
    "time": "temps dépassé, exécution interrompue",
    "notebook_time": "temps du carnet dépassé, le reste du code n’a pas été exécuté (les formulaires comptent)",
    "died": "le programme s’est arrêté brutalement",
    "memory": "mémoire dépassée",
    "disk": "fichiers trop gros",
    "processes": "trop de programmes ou de fils d’exécution",
    "output": "affichage trop long, coupé",
    "protocol": "résultat illisible",
}
SAME_KERNEL = "contrôle exécuté avec le code de l’apprenant : non protégé contre la triche"
NO_SHARED_START = "les cellules communes n’ont pas pu être partagées entre les copies ({reason})"
CALL = "une fonction de l’apprenant n’a pas répondu à temps, ou s’est arrêtée brutalement"
MOST = 300
"""Characters of a flag: some flags quote the learner's process."""


class Flags:
    """The flags of one copy, in order. Several cells with the same flag make one line: the first cell and a count."""

    def __init__(self) -> None:
        self._cells: dict[str, dict[str, None]] = {}

    def add(self, text: str, cell: str = "") -> None:
        """Add a flag; `cell` is the name of the cell, "" for a flag about the whole copy."""
        cells = self._cells.setdefault(printable(text, MOST), {})
        if cell:
            cells[cell] = None

    def add_result(self, cell: str, result: CellResult) -> None:
        """Add a flag for each limit that the run of a cell went past."""
        for flag in result.flags:
            if flag.kind in KINDS:
                self.add(KINDS[flag.kind], cell)

    def texts(self) -> list[str]:
        """Return all the flags."""
        return [f"{some(list(cells), 1)} : {text}" if cells else text for text, cells in self._cells.items()]
