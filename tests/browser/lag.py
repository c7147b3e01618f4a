"""A TCP proxy that makes the way to the server long."""

from __future__ import annotations

import queue
import socket
import threading
import time
from contextlib import suppress


class LagProxy:
    """Passes bytes on, each ``lag`` seconds late in either direction; ``lag`` may be changed at any time."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.lag = 0.0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.server.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.server.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
                self._carry(near, far)
                self._carry(far, near)

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        late: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()

        def read() -> None:
            data = b"-"
            while data:
                try:
                    data = source.recv(65536)
                except OSError:
                    data = b""
                late.put((time.monotonic() + self.lag, data))

        def write() -> None:
            with suppress(OSError):
                while True:
                    due, data = late.get()
                    time.sleep(max(0.0, due - time.monotonic()))
                    if not data:
                        sink.shutdown(socket.SHUT_WR)
                        return
                    sink.sendall(data)

        for work in (read, write):
            threading.Thread(target=work, daemon=True).start()
