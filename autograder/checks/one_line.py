"""One line of code, taken out of a cell: its code alone, and whether Python can read it."""

import ast
import re
import warnings

TEXT_OR_COMMENT = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|#.*""")
CLOSING = {"(": ")", "[": "]", "{": "}"}


def code_of(line: str) -> str:
    """Return a line with empty texts, and without its comment."""
    return TEXT_OR_COMMENT.sub(lambda found: '""' if found.group(1) else "", line).strip()


def is_readable(line: str) -> bool:
    """Tell whether Python can read a line, with the brackets and the block that the lines around it may have."""
    line = _with_brackets(code_of(line))
    block = f"{line.removesuffix(':')}:\n pass"
    return any(map(_parses, (line, block, f"if 1:\n pass\n{block}", f"try:\n pass\n{block}")))


def _with_brackets(code: str) -> str:
    """Return a line with the brackets that it closes opened before it, and those that it opens closed after it."""
    before, after = "", ""
    for sign in re.findall(r"[()\[\]{}]", code):
        if sign in CLOSING:
            after = CLOSING[sign] + after
        elif after:
            after = after[1:]
        else:
            before = next(opening for opening, closing in CLOSING.items() if closing == sign) + before
    return before + code + after


def _parses(source: str) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
