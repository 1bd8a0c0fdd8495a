"""Frames over a Unix socket: a JSON object, with raw bytes if need be. Never pickle."""

import array
import json
import socket
import struct
import time
from dataclasses import dataclass, field
from typing import Any

HEADER = struct.Struct("!II")
CHUNK = 1 << 16  # larger, and the system maps and clears new memory for each piece: five times the cost
SEND_SECONDS = 60
"""A process that reads nothing for so long counts as gone."""


class ChannelClosed(Exception):
    """The other end is gone."""


class ChannelBroken(Exception):
    """The other end sent something else than a frame, or too big a frame."""


class ChannelTimeout(Exception):
    """No whole frame came in time; the bytes received so far are kept for the next call."""


@dataclass
class Frame:
    """One message: `body` is a JSON object, `blob` raw bytes."""

    body: dict[str, Any]
    blob: bytes = b""
    fds: list[int] = field(default_factory=list)


class Channel:
    """One end of a stream socket. `max_bytes` bounds each frame received."""

    def __init__(self, sock: socket.socket, max_bytes: int = 1 << 30):
        self.sock = sock
        self.max_bytes = max_bytes
        self._buffer = bytearray()
        self._fds: list[int] = []

    def fileno(self) -> int:
        return self.sock.fileno()

    def send(self, body: dict[str, Any], blob: bytes = b"", fds: tuple[int, ...] = ()) -> None:
        """Send one frame; raise ChannelClosed when nobody listens."""
        text = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        data = HEADER.pack(len(text), len(blob)) + text
        try:
            self.sock.settimeout(SEND_SECONDS)
            if fds:
                sent = socket.send_fds(self.sock, [data], list(fds))
                data = data[sent:]
            self.sock.sendall(data + blob if len(blob) < CHUNK else data)
            if len(blob) >= CHUNK:
                self.sock.sendall(blob)
        except OSError as error:
            raise ChannelClosed from error

    def receive(self, deadline: float | None = None) -> Frame:
        """Return the next frame.

        `deadline` is in seconds of `time.monotonic`. Raises ChannelTimeout, ChannelClosed or ChannelBroken.
        """
        self._fill(HEADER.size, deadline)
        text_size, blob_size = HEADER.unpack_from(self._buffer)
        size = HEADER.size + text_size + blob_size
        if size > self.max_bytes:
            raise ChannelBroken(f"frame of {size} bytes")
        self._fill(size, deadline)
        with memoryview(self._buffer) as held:  # a slice of the buffer itself would be one copy more
            text = held[HEADER.size : HEADER.size + text_size].tobytes()
            blob = held[HEADER.size + text_size : size].tobytes()
        del self._buffer[:size]
        fds, self._fds = self._fds, []
        try:
            body = json.loads(text, parse_constant=lambda _: None)
        except (ValueError, RecursionError) as error:
            raise ChannelBroken("not JSON") from error
        if not isinstance(body, dict):
            raise ChannelBroken("not an object")
        return Frame(body, blob, fds)

    def holds_more(self) -> bool:
        """Tell whether a whole frame has been received already: a selector, which watches the socket, cannot see it."""
        if len(self._buffer) < HEADER.size:
            return False
        return len(self._buffer) >= HEADER.size + sum(HEADER.unpack_from(self._buffer))

    def close(self) -> None:
        """Close this end; harmless when already closed."""
        self.sock.close()

    def _fill(self, size: int, deadline: float | None) -> None:
        while len(self._buffer) < size:
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise ChannelTimeout
                self.sock.settimeout(left)
            else:
                self.sock.settimeout(None)
            try:
                data, ancillary, _, _ = self.sock.recvmsg(CHUNK, socket.CMSG_SPACE(64))
            except TimeoutError as error:
                raise ChannelTimeout from error
            except OSError as error:
                raise ChannelClosed from error
            if not data:
                raise ChannelClosed
            self._buffer += data
            for level, kind, content in ancillary:
                if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                    numbers = array.array("i")
                    numbers.frombytes(content[: len(content) - len(content) % numbers.itemsize])
                    self._fds += numbers
