"""``python -m facture_service.controle [--key=value ...]``: checks every invariant of the ledger, reading only."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from facture_service.adapters.invariants import controler
from ressort.config import load
from ressort.data import Database, DataSourceOptions
from ressort.errors import RessortError


def main(argv: Sequence[str] | None = None) -> int:
    """Prints each violation; 0 when there is none, 1 when there are, 2 when the database cannot be read."""
    try:
        env = load("facture_service", sys.argv[1:] if argv is None else argv)
        database = Database.open(env.bind(DataSourceOptions))
        rapport = controler(database)
    except RessortError as erreur:
        sys.stderr.write(f"{erreur}\n")
        return 2
    for violation in rapport.violations:
        sys.stdout.write(f"{violation.controle}\t{violation.objet}\t{violation.detail}\n")
    sys.stdout.write(f"{rapport.factures_controlees} documents, {len(rapport.violations)} violations\n")
    database.close()
    return 1 if rapport.violations else 0


if __name__ == "__main__":
    sys.exit(main())
