"""``python -m bench [names…]``: measure, keep the raw rows, print a table."""

from __future__ import annotations

import argparse
import dataclasses
import importlib
import sys
import traceback
from collections.abc import Sequence

from bench import facts, publish, results
from bench.options import Options
from bench.publish import MODULES


def main(argv: Sequence[str] | None = None) -> int:
    """0 when every benchmark asked for was measured, whatever the figures; 1 when one could not be."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", metavar="name", help=f"some of {', '.join(MODULES)} (default: all)"
    )
    parser.add_argument("--rounds", type=int, default=Options.rounds)
    parser.add_argument("--seconds", type=int, default=Options.seconds, help="length of a load run")
    parser.add_argument("--quick", action="store_true", help="short waits, nothing kept: tries the harness")
    parser.add_argument(
        "--publish", action="store_true", help="write docs/performance.md from the results kept"
    )
    given = parser.parse_args(argv)
    unknown = [name for name in given.names if name not in MODULES]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}: known are {', '.join(MODULES)}")
    names = given.names or ([] if given.publish else list(MODULES))
    options = Options(given.rounds, given.seconds, given.quick)
    failed = [name for name in names if not _measured(name, options)]
    if names:
        print(publish.summary())
    if given.publish:
        print(f"wrote {publish.write()}")
    for name in failed:
        print(f"FAILED: {name} was not measured", file=sys.stderr)
    return 1 if failed else 0


def _measured(name: str, options: Options) -> bool:
    print(name, flush=True)
    module = importlib.import_module(MODULES[name])
    known, neighbours = facts.facts(), facts.Neighbours()
    try:
        result = module.measure(options)
    except Exception:  # noqa: BLE001 - one benchmark that cannot run must not hide the others
        traceback.print_exc()
        return False
    if options.quick:
        print("  quick: not kept")
        return True
    file = results.write(
        dataclasses.replace(result, facts={**known, "others_share": round(neighbours.share(), 2)}),
        module.TARGET,
    )
    print(f"  kept in {file.relative_to(facts.ROOT)}", flush=True)
    return True


if __name__ == "__main__":
    sys.exit(main())
