"""`python -m discovery`: the registry server."""

from __future__ import annotations

from collections.abc import Sequence

from discovery.app import start
from ressort.errors import RessortError
from ressort.flask import Starter
from ressort.flask.starter import report_failure

NAME = "discovery"


def main(argv: Sequence[str] | None = None) -> int:
    """Run until told to stop; the process's exit code."""
    try:
        starter = Starter(NAME, package=NAME, argv=argv)
        node = start(starter)
    except RessortError as error:
        return report_failure(NAME, error)
    return starter.run(node.app, engine=node.engine)


if __name__ == "__main__":
    raise SystemExit(main())
