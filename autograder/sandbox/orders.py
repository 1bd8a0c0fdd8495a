"""What a process that forks knows of its children, and what a child knows of the process that forked it."""

from collections.abc import Callable
from dataclasses import dataclass

from autograder.sandbox.channel import Channel
from autograder.sandbox.isolation import Tier
from autograder.sandbox.shell import Runner
from autograder.sandbox.spec import Spec


@dataclass(frozen=True)
class Order:
    """One fork, as asked by the trusted side."""

    number: int
    folder: str
    spec: Spec
    is_template: bool
    cgroup: str | None = None
    """The name of the run's control group, below the folder open as `Parent.cgroups`."""


@dataclass(frozen=True)
class Parent:
    """What a child inherits from the process that forked it."""

    tier: Tier
    readable: list[str]
    runner: Runner
    cgroups: int | None
    serve: Callable[[Channel, "Parent"], None]
    """Forks children in turn, until the channel closes: how a template spends the rest of its life."""
    is_template: bool = False
