"""A client that does not wait longer than its kernel."""

import asyncio
import time
from queue import Empty

from jupyter_client.asynchronous.client import AsyncKernelClient

STEP_SECONDS = 0.2
"""After which the question is put again: its idle status is lost when it comes before the subscription to outputs."""


class ReadyClient(AsyncKernelClient):
    """jupyter_client's own, but `wait_for_ready` ends when the kernel says that it is idle, not 0.2 s of silence later.

    For `c.AsyncKernelManager.client_class`, with kernels of this machine that its manager has just started.
    """

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and its outputs arrive. Raises RuntimeError if it dies or takes too long."""
        deadline = time.monotonic() + timeout if timeout is not None else float("inf")
        while time.monotonic() < deadline:
            asked = self.kernel_info()
            try:
                async with asyncio.timeout(STEP_SECONDS):
                    await self._answered(asked)
                    return
            except (TimeoutError, Empty):
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answered(self, asked: str) -> None:
        """Wait for the reply to the message `asked`, then for the idle status that follows it on iopub."""
        while True:
            message = await self.get_shell_msg()
            if message["parent_header"].get("msg_id") == asked:
                self._handle_kernel_info_reply(message)
                break
        while True:
            message = await self.get_iopub_msg()
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            if idle and message["parent_header"].get("msg_id") == asked:
                return
