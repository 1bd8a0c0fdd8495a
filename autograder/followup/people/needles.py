"""What names a person, looked for in texts: whatever the case, the form of the accents, and the writing of a file."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote

from autograder.followup.people.person import Person

ALIKE = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " "})
NOT_INSIDE_WORD = r"(?<![^\W_])(?:{})(?![^\W_])"
WHOLE_VALUE = r"""(?<![^"'/+,;\s>=])(?<! )(?:{})(?![^"'/+,;\s<])(?! )"""
"""Between quotes, or the signs that part the values of a file; a space parts words."""
PLAIN = re.compile(r"[a-z0-9]+")
SPELLED = re.compile(rb"\\u00[4-7]|%[4-7]|&#")
"""Where plain letters may be written as escapes."""
ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([\"'\\/])|[bfnrt])")


def fold(text: str) -> str:
    """Return what the ways of writing a text have in common: case, form of accents, apostrophes, no-break spaces."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold()).translate(ALIKE)


@dataclass(frozen=True)
class Needles:
    """The words looked for, folded. `longer`: identifiers and names of others that hold one of them; `passed_over`: see `needles`.

    `whole`: those of the words that the modules use too, an identifier such as « rose »: in a text, they count only as a whole value.
    """

    words: tuple[str, ...]
    longer: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def search(self, text: str) -> bool:
        """Whether a text names the person. What is inside a longer word, or inside another's name, does not count."""
        return self.search_folded(fold(text))

    def search_folded(self, text: str) -> bool:
        """Do the same for a text that is folded already."""
        return any(found["word"] for found in self._in_text.finditer(text))

    def search_name(self, name: str) -> bool:
        """Whether the name of a file names the person."""
        return any(found["word"] for found in self._in_name.finditer(fold(name)))

    def may_be_in(self, raw: bytes) -> bool:
        """Whether bytes are worth a reading: plain letters of a word are the same in all the writings that are read."""
        lower = raw.lower()
        return any(part in lower for part in self._plain) or b"\0" in raw or bool(SPELLED.search(lower))

    @cached_property
    def _plain(self) -> set[bytes]:
        """The longest run of plain letters and digits of each word; empty for a word that has none: any text may hold it."""
        return {max(PLAIN.findall(word), key=len, default="").encode() for word in self.words}

    @cached_property
    def _in_name(self) -> re.Pattern[str]:
        return self._pattern(NOT_INSIDE_WORD.format(_one_of(self.words)))

    @cached_property
    def _in_text(self) -> re.Pattern[str]:
        usual = [word for word in self.words if word not in self.whole]
        forms = ((NOT_INSIDE_WORD, usual), (WHOLE_VALUE, self.whole))
        return self._pattern("|".join(form.format(_one_of(words)) for form, words in forms if words))

    def _pattern(self, words: str) -> re.Pattern[str]:
        return re.compile("|".join([*map(re.escape, self.longer), "(?P<word>" + words + ")"]))


def needles(person: Person, others: Iterable[str], is_common: Callable[[str], bool]) -> Needles:
    """Return what to look for: identifier, full names, e-mail, key; then the first name and the last, each alone.

    A name alone is passed over when it is another's too (`others`: their identifiers), or a word of the modules
    (`is_common`): it would be found everywhere.
    """
    sure = {
        person.learner,
        *(word for one in person.rows for word in (*one.full, one.email, one.lms, one.key)),
    }
    alone = {name for one in person.rows for name in (one.first, one.last)} - sure
    theirs = {fold(word) for one in person.others for word in (one.learner, one.first, one.last, one.email)}
    shared = {name for name in alone - {""} if fold(name) in theirs or is_common(fold(name))}
    identifier = fold(person.learner)
    words = _longest_first({fold(word) for word in (sure | alone) - shared})
    whole = {fold(word) for one in person.others for word in (one.learner, one.email, *one.full)}
    longer = _longest_first(whole | {fold(word) for word in others} - {""})
    return Needles(
        words,
        tuple(one for one in longer if one not in words and any(word in one for word in words)),
        (identifier,) if is_common(identifier) else (),
        tuple(sorted(shared)),
    )


def readings(raw: bytes) -> Iterator[str]:
    """Yield the ways to read the bytes of a file as text: UTF-8, Latin-1, UTF-16, then with escapes undone."""
    text = raw.decode("utf-8", "replace")
    yield text
    if not raw.isascii():
        yield raw.decode("latin-1")
    if b"\0" in raw[:1000]:
        yield raw.decode("utf-16-le", "replace")
        yield raw.decode("utf-16-be", "replace")
    if "\\" in text:
        once = unescaped(text)
        yield once
        yield unescaped(once)  # a notebook holds JSON in JSON
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote(text)


def unescaped(text: str) -> str:
    """Return a JSON text with the escapes of its strings undone; a pair of escapes that stands for one sign is joined."""
    plain = ESCAPE.sub(_plain, text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _plain(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)) if found[1] else found[2] or " "


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(filter(None, words), key=lambda word: (-len(word), word)))
