"""Configuration de nbgrader pour le cours : l’essentiel est dans `autograder/grading/config.py`.

Ajoutez à la fin ce qui est propre à votre établissement, par exemple un autre dossier d’échange :

    c.Exchange.root = "/srv/nbgrader/exchange"
"""

from pathlib import Path

from autograder.grading.config import configure

c = get_config()  # noqa: F821  (fourni par nbgrader)
configure(c, Path(__file__).resolve().parent)
