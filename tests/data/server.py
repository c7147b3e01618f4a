"""A local web server that gives files as a real one does, and misbehaves on request."""

from __future__ import annotations

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Unruly(ThreadingHTTPServer):
    """Serves ``files`` by path.

    Attributes:
        files: Content by path, for instance ``/a.zip``.
        cut: Bytes after which the next answers are cut off, one entry an answer.
        ranges: Whether Range is understood.
        tags: Whether files are given an ETag.
        silent: Paths that are taken and never answered.
        endless: Paths that announce no length and never end.
        asked: ``(path, Range or None, status)`` of every answer.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.cut: list[int] = []
        self.ranges = self.tags = True
        self.silent: set[str] = set()
        self.endless: set[str] = set()
        self.asked: list[tuple[str, str | None, int]] = []
        self.over = threading.Event()

    def at(self, path: str) -> str:
        """The address of ``path``."""
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def handle_error(self, request, client_address) -> None:
        """A client that hangs up is what these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Unruly

    def do_GET(self) -> None:
        server = self.server
        if self.path in server.silent:
            server.asked.append((self.path, None, 0))
            server.over.wait(20)
            return
        content = server.files.get(self.path)
        if content is None:
            self._start(404, b"no")
            return
        tag = f'"{hashlib.sha256(content).hexdigest()[:12]}"'
        begin, status = 0, 200
        wanted = self.headers.get("Range")
        if wanted and server.ranges and self.headers.get("If-Range", tag) == tag:
            begin, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            if begin >= len(content):
                self._start(416, b"")
                return
        body = content[begin:]
        headers = {"ETag": tag} if server.tags else {}
        if status == 206:
            headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
        if self.path in server.endless:
            self._start(200, None, headers)
            while not server.over.is_set():
                self.wfile.write(b"x" * 65536)
        if server.cut:
            self._start(status, body, headers, send=server.cut.pop(0))
            self.connection.close()
            return
        self._start(status, body, headers)

    def _start(self, status: int, body: bytes | None, headers: dict[str, str] | None = None, send: int = -1) -> None:
        self.server.asked.append((self.path, self.headers.get("Range"), status))
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body is not None:
            self.wfile.write(body if send < 0 else body[:send])
            self.wfile.flush()

    def log_message(self, *_arguments) -> None:
        pass
