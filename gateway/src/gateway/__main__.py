"""``python -m gateway [--key=value ...]``."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from gateway.app import start
from ressort.errors import RessortError
from ressort.flask import Starter
from ressort.flask.starter import report_failure


def main(argv: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the exit code of the process."""
    try:
        starter = Starter("gateway", package="gateway", argv=argv)
        member = start(starter)
    except RessortError as error:
        return report_failure("gateway", error)
    return starter.run(member.app, engine=member.engine)


if __name__ == "__main__":
    sys.exit(main())
