"""A member killed without warning, and kept from coming back for as long as a test looks at the page."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from e2e.estate import Estate


@contextmanager
def outage(estate: Estate, member: str) -> Iterator[None]:
    """kill -9 of the member while its launcher is stopped: nobody restarts it before the end, when it comes back."""
    pid = estate.pid(member)
    estate.launcher.send_signal(signal.SIGSTOP)
    try:
        os.kill(pid, signal.SIGKILL)
        yield
    finally:
        estate.launcher.send_signal(signal.SIGCONT)
    estate.until_up(member, but_not=pid)
