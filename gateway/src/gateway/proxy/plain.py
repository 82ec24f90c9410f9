"""An answer that came whole in one read and whose head is plain: read line by line, without the parser.

Most answers of members are such. Their lines hardly differ from one answer to the next, so what a line means is
looked up before it is read. Anything out of the ordinary (another framing, odd spacing, a control character, an
unknown status line, bytes missing or left over) is not plain and goes to the parser, which decides.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from gateway.proxy import heads

_LINE = re.compile(
    rb"([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ([\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)\Z"
)
_DIGITS = re.compile(rb"[0-9]{1,18}\Z")
_STATUSES = {
    b"HTTP/1.1 %d %b" % (status, status.phrase.encode("ascii")): int(status)
    for status in HTTPStatus
    if status >= 200 and status not in (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)
}
"""Status lines as nearly every server writes them, of answers that have a body."""

_KEPT, _LEFT_OUT, _TRACE, _LENGTH, _ODD = range(5)
_MOST_LINES = 1024
_LONGEST_LINE = 64


PlainAnswer = tuple[int, list[bytes], bool, bytes]
"""Status; the fields that pass, without their line ends, Content-Length among them; whether a traceparent is one of
them; the body."""


def as_headers(lines: list[bytes]) -> list[heads.Header]:
    """The fields of a plain answer as filters see them."""
    return [(name, value) for name, _, value in (line.partition(b": ") for line in lines)]


class PlainReader:
    """Reads plain answers under one set of hop-by-hop fields; remembers what lines mean, up to a bound."""

    def __init__(self, kinds: heads.FieldKinds, most_head_bytes: int) -> None:
        self._kinds = kinds
        self._most_head_bytes = most_head_bytes
        self._known: dict[bytes, int] = {}

    def read(self, data: bytes) -> PlainAnswer | None:
        """The answer in ``data``, or None when it is not plain or not whole."""
        end = data.find(b"\r\n\r\n")
        if end < 0 or end > self._most_head_bytes:
            return None
        lines = data[:end].split(b"\r\n")
        status = _STATUSES.get(lines[0])
        if status is None:
            return None
        known = self._known
        length = -1
        traced = False
        left_out: list[bytes] | None = None
        del lines[0]
        for line in lines:
            kind = known.get(line)
            if kind is None:
                kind = self._look_at(line)
            if not kind:
                continue
            if kind == _LENGTH and length < 0:
                length = int(line[16:])
            elif kind == _TRACE:
                traced = True
            elif kind == _LEFT_OUT:
                left_out = [line] if left_out is None else [*left_out, line]
            else:
                return None
        if length != len(data) - end - 4:
            return None
        if left_out is not None:
            lines = [line for line in lines if line not in left_out]
        return status, lines, traced, data[end + 4 :]

    def _look_at(self, line: bytes) -> int:
        kind = self._kind(line)
        if len(line) <= _LONGEST_LINE and kind not in (_TRACE, _ODD):
            if len(self._known) >= _MOST_LINES:
                self._known.clear()
            self._known[line] = kind
        return kind

    def _kind(self, line: bytes) -> int:
        found = _LINE.match(line)
        if found is None:
            return _ODD
        kind = self._kinds[found[1]]
        if kind == heads.LENGTH:
            return _LENGTH if _DIGITS.match(found[2]) else _ODD
        if kind == heads.CONNECTION:
            return _LEFT_OUT if found[2].lower() == b"keep-alive" else _ODD
        if kind == heads.TRANSFER:
            return _ODD
        if kind == heads.DROP:
            return _LEFT_OUT
        return _TRACE if kind == heads.TRACE and found[1].lower() == b"traceparent" else _KEPT
