"""Plain checks (`assert total == 12`), which read the learner's variables by their names: run in the checker's process.

They run on copies of the values.
"""

from collections.abc import Callable
from typing import Any

from autograder.grading.engine.memo import Memo, key
from autograder.sandbox import CellResult, Session
from autograder.sandbox.session import OnRequest
from autograder.sharing import names

PUT_NAMES = "autograder.grading.engine.checker:put_names"


class CellsOnValues:
    """Runs the plain checks of one copy.

    `checker` returns the session of the checker's process. `ask` asks the learner's process for a value. With a `memo`, a
    check that ran on the same values for any copy does not run again.
    """

    def __init__(
        self, checker: Callable[[], Session], ask: OnRequest, seconds: float, memo: Memo | None
    ) -> None:
        self._checker, self._ask, self._seconds, self._memo = checker, ask, seconds, memo
        self._session: Session | None = None
        self._from_checks: set[str] = set()
        self._helpers: dict[str, list[str]] = {}
        self._definitions: list[str] = []
        self._defined: set[str] = set()
        self._known_to_checker = 0

    def learn(self, source: str) -> None:
        """Give the checker the imports and functions of a locked cell. They come from our text, never from the learner."""
        tree = names.definitions(source)
        if tree.body:
            self._helpers |= names.needs(tree)
            self._defined |= names.defined(tree)
            self._definitions.append(names.text(tree))

    def check(self, source: str) -> CellResult:
        """Run a check cell. Raises CallFailed when the learner's process does not give the values."""
        tree = names.parse(source)
        needed = names.closure(names.read(tree), self._helpers)
        alone = names.only_looks(tree) and not self._from_checks & set(needed)
        given = self._given(needed) if self._memo and alone else None
        if self._memo is None or given is None:
            result = self._run(source, needed, self._ask)
        else:
            result = self._run_once(source, needed, given, self._memo)
        self._from_checks |= names.bound(tree)
        return result

    def _run_once(self, source: str, needed: list[str], given: dict[str, bytes], memo: Memo) -> CellResult:
        """Return what `_run` returns, from the memo when the check already ran on the `given` values."""
        memo_key = key([*self._definitions, source], given)
        if remembered := memo.get(memo_key):
            return remembered
        on_these_alone = True

        def answer(asked: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
            nonlocal on_these_alone
            if asked.get("name") in given:
                return {}, given[asked["name"]]
            on_these_alone = False  # for example, the check called a function of the learner
            return self._ask(asked, blob)

        result = self._run(source, needed, answer)
        if on_these_alone:
            memo.put(memo_key, result)
        return result

    def _run(self, source: str, needed: list[str], answer: OnRequest) -> CellResult:
        session = self._ready()
        session.call(PUT_NAMES, needed, sorted(self._from_checks), seconds=self._seconds, on_request=answer)
        return session.execute(source, on_request=answer)

    def _ready(self) -> Session:
        session = self._checker()
        if session is not self._session:  # a new session, where no earlier check has defined anything
            self._session, self._from_checks, self._known_to_checker = session, set(), 0
        for definitions in self._definitions[self._known_to_checker :]:
            session.execute(definitions)
        self._known_to_checker = len(self._definitions)
        return session

    def _given(self, needed: list[str]) -> dict[str, bytes] | None:
        """Return the values of the names, as bytes; None when the learner's process does not give one of them."""
        given = {}
        for name in needed:
            if name not in self._defined:
                reply, blob = self._ask({"name": name}, b"")
                if reply:
                    return None
                given[name] = blob
        return given
