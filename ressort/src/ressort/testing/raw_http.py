"""HTTP byte by byte over a plain socket, for what a well-behaved client library would never send."""

from __future__ import annotations

import socket


class RawClient:
    """A socket with just enough HTTP to read one answer at a time; what is sent leaves as it is."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self._buffer = b""

    def send(self, data: bytes) -> RawClient:
        self.socket.sendall(data)
        return self

    def answer(self, bodiless: bool = False) -> tuple[int, dict[bytes, bytes], bytes]:
        """Read one answer: status, headers by lower-case name, body."""
        head = self._until(b"\r\n\r\n")
        lines = head.split(b"\r\n")
        headers = {
            name.lower(): value.strip()
            for name, _, value in (line.partition(b":") for line in lines[1:] if line)
        }
        status = int(lines[0].split(b" ")[1])
        if bodiless or status in (204, 304) or status < 200:
            return status, headers, b""
        if headers.get(b"transfer-encoding") == b"chunked":
            return status, headers, self._chunks()
        if b"content-length" in headers:
            return status, headers, self._exactly(int(headers[b"content-length"]))
        return status, headers, self.rest()

    def rest(self) -> bytes:
        """Everything until the server closes."""
        while piece := self.socket.recv(65536):
            self._buffer += piece
        everything, self._buffer = self._buffer, b""
        return everything

    def line(self) -> bytes:
        return self._until(b"\r\n")

    def exactly(self, size: int) -> bytes:
        return self._exactly(size)

    def is_closed(self) -> bool:
        """The server has shut its side."""
        return not self._buffer and self.socket.recv(1) == b""

    def close(self) -> None:
        self.socket.close()

    def _chunks(self) -> bytes:
        body = b""
        while size := int(self._until(b"\r\n"), 16):
            body += self._exactly(size + 2)[:-2]
        self._exactly(2)
        return body

    def _until(self, mark: bytes) -> bytes:
        while mark not in self._buffer:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(f"closed after {self._buffer!r}")
            self._buffer += piece
        found, _, self._buffer = self._buffer.partition(mark)
        return found + mark

    def _exactly(self, size: int) -> bytes:
        while len(self._buffer) < size:
            piece = self.socket.recv(65536)
            if not piece:
                raise EOFError(f"closed after {len(self._buffer)} of {size} bytes")
            self._buffer += piece
        found, self._buffer = self._buffer[:size], self._buffer[size:]
        return found
