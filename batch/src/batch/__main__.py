"""``python -m batch [--key=value ...]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from batch.app import start
from ressort.flask import main as run_member


def main(argv: Sequence[str] | None = None) -> int:
    """Run the service until it is told to stop; the process exit status."""
    return run_member("batch", start, argv)


if __name__ == "__main__":
    sys.exit(main())
