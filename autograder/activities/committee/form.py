"""What a form says of a sitting."""

from typing import NotRequired, TypedDict


class CommitteeForm(TypedDict):
    """`seed` draws the dossiers; `round` is the half-year; `whole` has every half-year up to it judged; `after` is the exercise before."""

    seed: int
    round: int
    whole: NotRequired[bool]
    after: NotRequired[str]
