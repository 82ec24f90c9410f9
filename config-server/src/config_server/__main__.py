"""``python -m config_server [--key=value ...]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from config_server.app import start
from ressort.flask import main as run_service


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the exit code of the process."""
    return run_service("config_server", start, argv)


if __name__ == "__main__":
    sys.exit(main())
