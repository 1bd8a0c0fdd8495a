"""Cells of ours that read variables by their names: plain asserts, and cells that only show. They run on values."""

import ast
import re
from collections.abc import Callable
from typing import Any

from autograder.grading.engine.memo import Memo, key
from autograder.sandbox import CellResult, Session
from autograder.sandbox.session import OnRequest
from autograder.sharing import names

PUT_NAMES = "autograder.grading.engine.checker:put_names"


class OnValues:
    """Runs such cells of one copy in the checker's process, which `checker` gives, on what `ask` says of the learner's.

    With a `memo`, a cell that was run on the same values, for any copy, is not run again.
    """

    def __init__(
        self, checker: Callable[[], Session], ask: OnRequest, seconds: float, memo: Memo | None
    ) -> None:
        self._checker, self._ask, self._seconds, self._memo = checker, ask, seconds, memo
        self._session: Session | None = None
        self._own_names: set[str] = set()
        self._helpers: dict[str, list[str]] = {}
        self._definitions: list[str] = []
        self._defined: set[str] = set()
        self._known_to_checker = 0

    def learn(self, source: str) -> None:
        """Have the checker know the imports and functions of a locked cell, by its text and not by the learner."""
        tree = names.definitions(source)
        if tree.body:
            self._helpers |= names.needs(tree)
            self._defined |= names.defined(tree)
            self._definitions.append(names.text(tree))

    def check(self, source: str) -> CellResult:
        """Run a check cell. Raises CallFailed when the values could not be had."""
        tree = names.parse(source)
        needed = self._needed(tree)
        alone = names.only_looks(tree) and not self._own_names & set(needed)
        given = self._given(needed) if self._memo and alone else None
        if self._memo is None or given is None:
            result, _ = self._run(source, needed, self._ask)
        else:
            result, _ = self._run_once(source, needed, given, self._memo)
        self._own_names |= names.bound(tree)
        return result

    def show(self, source: str, later: list[str]) -> CellResult | None:
        """Run a cell that its author says only shows; None when it needs the learner's own process after all.

        So it does without a memo, when a `later` cell mentions a name that it gives a value to, or when a value does
        not cross.
        """
        tree = names.parse(source)
        own = [re.compile(rf"\b{name}\b") for name in names.bound(tree)]
        if self._memo is None or not tree.body or any(one.search(text) for one in own for text in later):
            return None
        needed = self._needed(tree)
        given = self._given(needed)
        if given is None:
            return None
        result, replaced = self._run_once(source, needed, given, self._memo)
        return None if replaced else result

    def _needed(self, tree: ast.Module) -> list[str]:
        return names.closure(names.read(tree), self._helpers)

    def _run_once(
        self, source: str, needed: list[str], given: dict[str, bytes], memo: Memo
    ) -> tuple[CellResult, list[str]]:
        """Return what a cell shows on the `given` values, as `_run` does, or what it showed on the same ones before."""
        known = key([*self._definitions, source], given)
        if found := memo.get(known):
            return found
        on_these_alone = True

        def answer(asked: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
            nonlocal on_these_alone
            if asked.get("name") in given:
                return {}, given[asked["name"]]
            on_these_alone = False  # it called a function of the learner's, say
            return self._ask(asked, blob)

        result, replaced = self._run(source, needed, answer)
        if on_these_alone:
            memo.put(known, result, replaced)
        return result, replaced

    def _run(self, source: str, needed: list[str], answer: OnRequest) -> tuple[CellResult, list[str]]:
        """Return what a cell shows, and the names whose value did not cross whole: something is in its place."""
        session = self._ready()
        replaced: list[str] = session.call(
            PUT_NAMES, needed, sorted(self._own_names), seconds=self._seconds, on_request=answer
        )
        return session.execute(source, on_request=answer), replaced

    def _ready(self) -> Session:
        session = self._checker()
        if session is not self._session:  # another one, where earlier checks have defined nothing
            self._session, self._own_names, self._known_to_checker = session, set(), 0
        for definitions in self._definitions[self._known_to_checker :]:
            session.execute(definitions)
        self._known_to_checker = len(self._definitions)
        return session

    def _given(self, needed: list[str]) -> dict[str, bytes] | None:
        """Return the values of the names, as bytes; None when one could not be had."""
        given = {}
        for name in needed:
            if name not in self._defined:
                reply, blob = self._ask({"name": name}, b"")
                if reply:
                    return None
                given[name] = blob
        return given
