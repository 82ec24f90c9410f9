"""Mixed traffic through the gateway while members are killed with `kill -9`, one every few seconds, any of them.

    python -m bench.soak [--minutes 10] [--every 15] [--users 4] [--seed N]

Users create clients, issue invoices, pay (in part, too much, twice with one key, on account), credit, refund, return
payments, mail invoices and look at lists; each repeats a request with the same Idempotency-Key until it is answered.
The real file is taken over first, moved to today; `relanceJob` runs pass after pass meanwhile. When time is up the
estate is left to settle and what it shows is compared with what the users were told: no client, invoice or payment
lost or doubled, every balance equal to the payments, the ledger's own check clean, one notification per message, one
mail per notification (an INCONNU one may have left or not), one reminder per client due one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench import journey, soak_checks
from bench.estate import Estate, running_estate
from bench.facts import Neighbours, facts
from bench.product import Product
from bench.results import FOLDER
from bench.soak_faults import Killer, Reminders
from bench.soak_traffic import PATIENCE_S, Told, User

MOST_MINUTES = 120.0


def main(argv: Sequence[str] | None = None) -> int:
    """0 when every invariant held, 1 otherwise."""
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0, help=f"of traffic, at most {MOST_MINUTES:g}")
    parser.add_argument("--every", type=float, default=15.0, help="seconds between two kills")
    parser.add_argument("--users", type=int, default=4)
    parser.add_argument("--seed", type=int, default=None, help="of the users' and the killer's choices")
    options = parser.parse_args(argv)
    options.minutes = min(options.minutes, MOST_MINUTES)
    options.seed = random.randrange(10**6) if options.seed is None else options.seed
    known, neighbours = facts(), Neighbours()
    with running_estate() as estate:
        verdict = _soak(estate, options)
    _keep(verdict, options, {**known, "others_share": round(neighbours.share(), 2)})
    return 0 if not verdict["violations"] else 1


def _soak(estate: Estate, options: argparse.Namespace) -> dict[str, Any]:
    product = Product(estate.api)
    journey.take_over(product, shift="aujourd_hui")
    told, enough = Told(), threading.Event()
    users = [User(estate.api, told, enough, options.seed + number) for number in range(options.users)]
    killer = Killer(estate, options.every, enough, options.seed)
    reminders = Reminders(estate.api, enough, pause_s=20.0)
    threads: list[threading.Thread] = [*users, killer, reminders]
    print(f"{options.minutes:g} min, a kill every {options.every:g} s, seed {options.seed}", flush=True)
    for thread in threads:
        thread.start()
    _watch(estate, told, time.monotonic() + options.minutes * 60)
    enough.set()
    for thread in threads:
        thread.join(2 * PATIENCE_S)
    print("  settling", flush=True)
    late = soak_checks.settle(estate, product, told)
    seen = soak_checks.look(estate, product)
    stuck = [f"{thread.name} never came back" for thread in threads if thread.is_alive()]
    found = [*stuck, *late, *reminders.wrong, *soak_checks.violations(estate, told, seen)]
    return {"violations": found, "figures": _figures(told, seen, killer, reminders)}


def _watch(estate: Estate, told: Told, end: float) -> None:
    """Wait for the end, telling each minute; an estate whose launcher is gone ends the soak."""
    while time.monotonic() < end and estate.running:
        time.sleep(min(60.0, max(0.0, end - time.monotonic())))
        with told.lock:
            print(
                f"  {told.requests} requests, {told.repeated} repeated, {len(told.invoices)} invoices, "
                f"{len(told.payments)} payments, {len(told.wrong)} wrong answers",
                flush=True,
            )


def _figures(told: Told, seen: soak_checks.Seen, killer: Killer, reminders: Reminders) -> dict[str, int]:
    states = Counter(n["etat"] for n in seen.notifications)
    return {
        "requests": told.requests,
        "requests repeated until answered": told.repeated,
        "reads that failed": told.reads_failed,
        "members killed": sum(killer.killed.values()),
        **{f"killed: {name}": number for name, number in sorted(killer.killed.items())},
        "clients": len(told.clients),
        "invoices issued": len(told.invoices),
        "payments": len(told.payments),
        "reminder runs completed": reminders.completed,
        "reminder runs taken up again": reminders.taken_up,
        **{f"notifications {state}": number for state, number in sorted(states.items())},
        "mails": len(seen.mails),
    }


def _keep(verdict: dict[str, Any], options: argparse.Namespace, known: dict[str, Any]) -> None:
    found = verdict["violations"]
    said = "every invariant held" if not found else f"{len(found)} violations"
    print(json.dumps(verdict["figures"], indent=1))
    for violation in found:
        print(f"VIOLATION {violation}")
    print(f"verdict: {said}")
    words = [f"--{name} {getattr(options, name):g}" for name in ("minutes", "every", "users", "seed")]
    command = " ".join(["python -m bench.soak", *words])
    document = {"verdict": said, "command": command, **verdict, "facts": known}
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(document, indent=1, ensure_ascii=False)
    (FOLDER / "soak.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
