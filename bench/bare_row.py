"""The peer of `facture`: a bare Flask view over one SQLite row, on the same waitress with the same options.

    python -m bench.bare_row <database> <port>

Nothing but the work nobody can leave out: route, one `SELECT` by primary key on a connection kept per thread,
`jsonify`. No metrics, trace, validation, ETag or error document.
"""

from __future__ import annotations

import sqlite3
import sys
import threading
from pathlib import Path

import flask

from ressort.lifecycle import Lifecycle, Phase
from ressort.server.engine import Engine, create_engine
from ressort.server.options import ServerOptions

PREFIX = "/lignes/"


def create(database: Path, size: int, ids: list[str]) -> None:
    """A table with one row per id whose JSON answer is `size` bytes long."""
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE ligne (id TEXT PRIMARY KEY, numero TEXT, total INTEGER, document TEXT)")
    rows = []
    for number, id in enumerate(ids):
        row = {"id": id, "numero": f"FA-2026-{number:06d}", "total": 24000, "document": ""}
        empty = len(flask.json.dumps(row, separators=(",", ":"))) + 1  # jsonify ends with a newline
        rows.append((row["id"], row["numero"], row["total"], "x" * (size - empty)))
    connection.executemany("INSERT INTO ligne VALUES (?, ?, ?, ?)", rows)
    connection.commit()
    connection.close()


def create_app(database: str) -> flask.Flask:
    """One view: the row as JSON."""
    app = flask.Flask(__name__)
    local = threading.local()

    @app.get(f"{PREFIX}<id>")
    def ligne(id: str) -> flask.Response:
        connection = getattr(local, "connection", None)
        if connection is None:
            connection = local.connection = sqlite3.connect(database, isolation_level=None)
            connection.row_factory = sqlite3.Row
        row = connection.execute("SELECT * FROM ligne WHERE id = ?", (id,)).fetchone()
        return flask.jsonify(dict(row))

    return app


def main(database: str, port: int) -> int:
    """Serve until SIGTERM, on the engine and the options that facture-service has by default."""
    options = ServerOptions(port=port)
    engine = create_engine(options.engine, create_app(database), options)
    lifecycle = Lifecycle(phase_timeout_s=5, pre_stop_delay_s=0)
    lifecycle.add("server", Phase.SERVER, lambda: _start(engine), lambda timeout_s: _drain(engine, timeout_s))
    return lifecycle.run()


def _start(engine: Engine) -> None:
    engine.start()


def _drain(engine: Engine, timeout_s: float) -> None:
    if not engine.drain(timeout_s):
        engine.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2])))
