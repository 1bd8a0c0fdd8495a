"""A worker that never outlives the command that started it, however that command ends."""

import multiprocessing
import os
import threading


def follow() -> None:
    """Have this process end with its parent: its pipes, which it shares with other workers, would not tell it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
