"""The most common passwords, from the npm package `@zxcvbn-ts/language-common`."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from pandas import DataFrame

from autograder.data.errors import DataError

_LEET = str.maketrans("0134578@$", "oieastbas")
_ALSO = {"hitler", "gestapo", "nique"}  # not in the public lists
_TELEPHONE = re.compile(r"0[1-9]\d{8}")
_SHORT = 4  # letters: shorter words are sought alone, since too many innocent words contain them


def common(files: Mapping[str, Path]) -> DataFrame:
    """Return the passwords with their rank, without the obscene ones. Files: `passwords`, `obscene_*`.

    A password is left out when it contains an obscene word, written with digits for letters or not, or when
    it may be a telephone number. Ranks are those of the source: missing ones tell where one was left out.
    """
    passwords = _words(files["passwords"])
    lists = [_words(file) for name, file in files.items() if name.startswith("obscene_")]
    listed = {re.sub("[^a-z]", "", word.lower()) for words in lists for word in words if word.isascii()}
    contained = re.compile("|".join(sorted(word for word in listed if len(word) >= _SHORT)))
    obscene = listed | _ALSO
    rows = [
        {"rang": rank, "mot_de_passe": password}
        for rank, password in enumerate(passwords, start=1)
        if not any(
            form in obscene or contained.search(form) for form in (password, password.translate(_LEET))
        )
        and not _TELEPHONE.fullmatch(password)
    ]
    return DataFrame(rows)


def _words(file: Path) -> Iterable[str]:
    try:
        words = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise DataError(f"« {file.name} » n’est pas du JSON.") from error
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise DataError(f"« {file.name} » devrait être une liste de mots.")
    return words
