"""Spring's data source URLs as SQLAlchemy's."""

from __future__ import annotations

import pytest

from ressort.data.errors import UnsupportedUrlError
from ressort.data.url import shown, to_sqlalchemy


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (
            "jdbc:mysql://h:3306/db?useSSL=false&serverTimezone=UTC",
            "mysql+mysqlconnector://h:3306/db?ssl_disabled=true",
        ),
        ("jdbc:mariadb://h/db?connectTimeout=2000", "mysql+mysqlconnector://h/db?connection_timeout=2"),
        ("mysql://u:p@h/db", "mysql+mysqlconnector://u:p@h/db"),
        ("mysql+mysqldb://u:p@h/db", "mysql+mysqldb://u:p@h/db"),
        ("jdbc:sqlite:var/db/x.db", "sqlite:///var/db/x.db"),
        ("sqlite:////tmp/x.db", "sqlite:////tmp/x.db"),
    ],
)
def test_urls_are_translated(given: str, expected: str) -> None:
    """JDBC and bare URLs reach the house driver, others stay as they are."""
    assert to_sqlalchemy(given).render_as_string(hide_password=False) == expected


def test_credentials_apart_from_the_url_are_filled_in() -> None:
    """spring.datasource.username and password complete the URL."""
    url = to_sqlalchemy("jdbc:mysql://h/db", "u", "p@ss/word")
    assert (url.username, url.password) == ("u", "p@ss/word")


def test_the_password_is_never_shown() -> None:
    """Logs and health print the URL without its password."""
    assert "secret" not in shown(to_sqlalchemy("mysql://u:secret@h/db"))


def test_nonsense_is_refused_with_the_key_and_the_value() -> None:
    """A URL that is none says which property is wrong."""
    with pytest.raises(UnsupportedUrlError, match=r"spring\.datasource\.url=nonsense"):
        to_sqlalchemy("nonsense")
