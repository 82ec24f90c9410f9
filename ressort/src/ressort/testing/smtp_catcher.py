"""A mail server that delivers nothing and keeps everything: one `.eml` file per accepted mail.

    python -m ressort.testing.smtp_catcher --server.port=1025 --ressort.home=.

Files go to `var/courriels/`, named by time of arrival, with the envelope in `X-Envelope-From` and
`X-Envelope-To`; a mail accepted twice is two files. While the file `var/courriels/.indisponible` exists every
mail is refused with 421, as by a server that is going down: for tests of outages.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope

from ressort.config import Environment, load
from ressort.errors import RessortError, StartError
from ressort.observability import logs
from ressort.security import guard_binding
from ressort.server.listening import bind_listener

logger = logging.getLogger(__name__)

NAME = "courriel"
DEFAULT_PORT = 1025
DOWN = ".indisponible"
_LIMIT_BYTES = 32 * 1024 * 1024
_READY_FD = "RESSORT_READY_FD"
_CLOSING_S = 0.5
_ACCEPTED = "250 OK"
_REFUSED = "421 4.3.2 Service not available"


class Mailbag:
    """The folder of the accepted mails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._numbers = itertools.count(1)

    @property
    def down(self) -> bool:
        """Whether mails are refused just now."""
        return (self.folder / DOWN).exists()

    def keep(self, envelope: Envelope, now: datetime) -> Path:
        """Writes a mail, durably, under a name no other mail has."""
        number = f"{os.getpid()}-{next(self._numbers):05d}"
        file = self.folder / f"{now:%Y%m%dT%H%M%S.%f}-{number}.eml"
        hidden = file.with_name(f".{file.name}")
        with hidden.open("wb") as output:
            output.write(_envelope_headers(envelope) + _bytes(envelope.content))
            output.flush()
            os.fsync(output.fileno())
        hidden.rename(file)
        return file


def _envelope_headers(envelope: Envelope) -> bytes:
    recipients = ", ".join(envelope.rcpt_tos)
    lines = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {recipients}\r\n"
    return lines.encode("utf-8", "replace")


def _bytes(content: str | bytes | None) -> bytes:
    return content.encode() if isinstance(content, str) else content or b""


class Receiver:
    """What aiosmtpd calls; the names are its own."""

    def __init__(self, bag: Mailbag) -> None:
        self._bag = bag

    async def handle_MAIL(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Begins a mail."""
        if self._bag.down:
            return _REFUSED
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return _ACCEPTED

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:
        """Takes a mail: what was answered 250 is on disk."""
        if self._bag.down:
            return _REFUSED
        try:
            file = self._bag.keep(envelope, datetime.now(UTC))
        except OSError as error:
            logger.error("mail not kept: %s", error)
            return "452 4.3.1 Insufficient system storage"
        logger.info("kept %s for %s", file.name, ", ".join(envelope.rcpt_tos))
        return _ACCEPTED


async def serve(listener: socket.socket, bag: Mailbag, ready: Any) -> None:
    """Serves until SIGTERM or SIGINT; connections get half a second to end."""
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopped.set)
    server = await loop.create_server(lambda: _session(loop, bag), sock=listener)
    ready(listener.getsockname()[1])
    await stopped.wait()
    server.close()
    await asyncio.sleep(0)
    sessions = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    if sessions:
        await asyncio.wait(sessions, timeout=_CLOSING_S)


def _session(loop: asyncio.AbstractEventLoop, bag: Mailbag) -> SMTP:
    return SMTP(
        Receiver(bag),
        data_size_limit=_LIMIT_BYTES,
        enable_SMTPUTF8=True,
        hostname="localhost",
        loop=loop,
        timeout=60,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the catcher with `--server.port`, `--server.address` and `--ressort.home`; the exit code."""
    began = time.monotonic()
    name = NAME
    try:
        env = load(argv=sys.argv[1:] if argv is None else list(argv))
        name = str(env.get("spring.application.name", NAME))
        logs.configure(env)
        listener, bag = _prepare(env)
    except RessortError as error:
        sys.stderr.write(f"Cannot start {name}: {error}\n")
        return 1
    asyncio.run(serve(listener, bag, lambda port: _announce(name, port, time.monotonic() - began)))
    return 0


def _prepare(env: Environment) -> tuple[socket.socket, Mailbag]:
    address = str(env.get("server.address", "127.0.0.1"))
    guard_binding(address, env.get("ressort.security.unprotected", False, bool))
    folder = env.home / "var" / "courriels"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"{folder} cannot be made: {error.strerror}") from error
    return bind_listener(address, env.get("server.port", DEFAULT_PORT, int)), Mailbag(folder)


def _announce(name: str, port: int, took_s: float) -> None:
    """Logs readiness and tells the launcher, in the form of ressort.flask's services."""
    logger.info("Started %s in %.2f seconds on port %d", name, took_s, port)
    descriptor = os.environ.get(_READY_FD)
    if descriptor:
        line = {"name": name, "port": port, "pid": os.getpid(), "ms": round(took_s * 1000)}
        with os.fdopen(int(descriptor), "w", encoding="utf-8") as pipe:
            pipe.write(json.dumps(line) + "\n")


if __name__ == "__main__":
    sys.exit(main())
