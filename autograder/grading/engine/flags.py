"""What an instructor is told of a copy, in French."""

from autograder.sandbox import CellResult

KINDS = {
    "time": "temps dépassé, exécution interrompue",
    "notebook_time": "temps du carnet dépassé, le reste n’a pas été exécuté",
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


class Flags:
    """The flags of one copy, each said once, in order."""

    def __init__(self) -> None:
        self._texts: dict[str, None] = {}

    def add(self, text: str) -> None:
        """Add one."""
        self._texts[text] = None

    def add_result(self, where: str, result: CellResult) -> None:
        """Add what a cell's run breached. That a cell was not run is said once, where that started."""
        for flag in result.flags:
            if flag.kind in KINDS:
                self.add(f"{where} : {KINDS[flag.kind]}")

    def texts(self) -> list[str]:
        """Return them all."""
        return list(self._texts)
