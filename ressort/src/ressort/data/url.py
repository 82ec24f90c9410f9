"""Spring's data source URLs, translated to SQLAlchemy's."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from .errors import UnsupportedUrlError

_DRIVERS = {"mysql": "mysql+mysqlconnector", "mariadb": "mysql+mysqlconnector"}
"""The house driver where the URL names none; `mysql+mysqldb://` and others stay a site's choice."""


def to_sqlalchemy(url: str, username: str | None = None, password: str | None = None) -> URL:
    """The SQLAlchemy URL for `jdbc:mysql://host:3306/db?...`, `sqlite:///path` and the like.

    `username` and `password` fill in what the URL does not carry. JDBC-only parameters are dropped,
    those with a meaning here (useSSL=false, connectTimeout in ms) are translated.
    Raises UnsupportedUrlError for anything that is not a database URL.
    """
    jdbc = url.startswith("jdbc:")
    text = _sqlite_path(url.removeprefix("jdbc:")) if jdbc else url
    try:
        parsed = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise UnsupportedUrlError(
            url, "not a database URL such as jdbc:mysql://host/db or sqlite:///f.db"
        ) from error
    if jdbc and parsed.get_backend_name() in _DRIVERS:
        parsed = parsed.set(query=_jdbc_parameters(parsed.query))
    if parsed.drivername in _DRIVERS:
        parsed = parsed.set(drivername=_DRIVERS[parsed.drivername])
    return _with_credentials(parsed, username, password)


def _sqlite_path(text: str) -> str:
    """`sqlite:var/db/x.db`, as the JDBC driver spells it, becomes `sqlite:///var/db/x.db`."""
    if text.startswith("sqlite:") and not text.startswith("sqlite://"):
        return "sqlite:///" + text.removeprefix("sqlite:")
    return text


def _jdbc_parameters(query: Mapping[str, str | tuple[str, ...]]) -> dict[str, str]:
    kept: dict[str, str] = {}
    for name, value in query.items():
        text = value if isinstance(value, str) else value[-1]
        if name == "connectTimeout":
            kept["connection_timeout"] = str(max(1, int(text) // 1000))
        elif (name == "useSSL" and text.lower() == "false") or (
            name == "sslMode" and text.upper() == "DISABLED"
        ):
            kept["ssl_disabled"] = "true"
    return kept


def _with_credentials(url: URL, username: str | None, password: str | None) -> URL:
    if url.get_backend_name() == "sqlite":
        return url
    if username and not url.username:
        url = url.set(username=username)
    if password and not url.password:
        url = url.set(password=password)
    return url


def sqlite_file(url: URL) -> Path | None:
    """The file behind a SQLite URL; None for other databases and for memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database)


def shown(url: URL) -> str:
    """The URL as logs and health may print it: without the password."""
    return url.render_as_string(hide_password=True)
