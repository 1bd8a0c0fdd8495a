"""What the operating system refuses, in French, with what to do."""

import errno
import os

TELLING = {
    errno.EACCES: "droits insuffisants. Donnez-vous le droit d’y lire et d’y écrire, ou relancez sous le compte qui l’a",
    errno.EPERM: "droits insuffisants. Relancez sous le compte à qui il appartient",
    errno.EROFS: "ce disque est en lecture seule. Travaillez dans un autre dossier",
    errno.ENOSPC: "le disque est plein. Libérez de la place, puis relancez",
    errno.EDQUOT: "votre espace est plein. Libérez de la place, puis relancez",
    errno.ENOENT: "ce fichier ou ce dossier n’existe pas. Vérifiez son nom",
    errno.ENOTDIR: "un fichier est là où il faut un dossier. Déplacez-le, puis relancez",
    errno.EEXIST: "il existe déjà. Déplacez-le, puis relancez",
    errno.EISDIR: "un dossier est là où il faut un fichier. Déplacez-le, puis relancez",
    errno.ENAMETOOLONG: "ce nom est trop long. Choisissez-en un plus court",
    errno.EMFILE: "trop de fichiers ouverts. Fermez d’autres programmes, puis relancez",
}


def system_words(error: OSError) -> str:
    """Return one sentence: which file, what is wrong, what to do."""
    place = f"« {os.fsdecode(error.filename)} »" if isinstance(error.filename, (str, bytes)) else "Un fichier"
    code = errno.errorcode.get(error.errno or 0, type(error).__name__)
    reason = TELLING.get(error.errno or 0, f"le système a refusé ({code}). Vérifiez le disque, puis relancez")
    return f"{place} : {reason}."
