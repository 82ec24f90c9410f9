"""Typed settings."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.config import ConfigError, data_size, duration, properties, value
from ressort.config.binding import bind, bound_keys
from ressort.config.merged import MergedProperties
from ressort.config.sources import Origin, PropertySource, Value

from .conftest import Files


class Mode(enum.Enum):
    EMBEDDED = "embedded"
    NEVER = "never"


@dataclass(frozen=True)
class Pool:
    maximum_pool_size: int = value(10, minimum=1, maximum=100)
    connection_timeout_s: float = duration("30s")
    keepalive_ms: int = duration("2m")
    lease_s: float = duration("15s", unit="s")


@dataclass(frozen=True)
class Route:
    id: str
    uri: str
    predicates: tuple[str, ...] = ()
    order: int = 0


@properties("app.datasource")
@dataclass(frozen=True)
class DataSource:
    url: str
    password: str | None = None
    mode: Mode = Mode.EMBEDDED
    upload_limit_bytes: int = data_size("10MB")
    hikari: Pool = Pool()
    replicas: list[str] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    pools: dict[str, Pool] = field(default_factory=dict)
    free: dict[str, Any] = field(default_factory=dict)
    odd: str = value("x", name="other-name")


def bound(files: Files, yaml: str = "", *argv: str, **environ: str) -> DataSource:
    files.write("application.yml", "app:\n  datasource:\n    url: u\n" + yaml)
    return files.load(*argv, environ=environ).bind(DataSource)


def test_defaults(files: Files) -> None:
    """What nobody sets keeps its default, durations and sizes in the unit of the field."""
    found = bound(files)
    assert found == DataSource("u")
    assert (found.hikari.connection_timeout_s, found.hikari.keepalive_ms) == (30.0, 120_000)
    assert found.upload_limit_bytes == 10 * 1024 * 1024
    assert type(found.hikari.keepalive_ms) is int


def test_everything_set(files: Files) -> None:
    """Nested, listed and mapped settings in any spelling."""
    found = bound(
        files,
        """
    mode: NEVER
    uploadLimit: 1KB
    hikari: {maximum_pool_size: 5, connectionTimeout: 500, keepalive: 1500, lease: 20}
    replicas: a, b
    routes:
    - {id: one, uri: 'lb://x', predicates: [Path=/a, Method=GET]}
    labels: {a.b: c, '[/x/**]': y}
    pools: {client-service: {connection-timeout: PT2S}}
    free: {n: 1, l: [true, x]}
    other-name: set
""",
    )
    assert found.mode is Mode.NEVER
    assert found.upload_limit_bytes == 1024
    assert found.hikari == Pool(5, 0.5, 1500, 20.0)
    assert found.replicas == ["a", "b"]
    assert found.routes == [Route("one", "lb://x", ("Path=/a", "Method=GET"))]
    assert found.labels == {"a.b": "c", "/x/**": "y"}
    assert found.pools == {"client-service": Pool(connection_timeout_s=2.0)}
    assert found.free == {"n": 1, "l": [True, "x"]}
    assert found.odd == "set"


def test_variables_reach_nested_settings_lists_and_maps(files: Files) -> None:
    """Relaxed names of variables, positions included."""
    found = bound(
        files,
        APP_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE="7",
        APP_DATASOURCE_ROUTES_0_ID="v",
        APP_DATASOURCE_ROUTES_0_URI="w",
        APP_DATASOURCE_LABELS_KEY="z",
    )
    assert found.hikari.maximum_pool_size == 7
    assert found.routes == [Route("v", "w")]
    assert found.labels == {"key": "z"}


def test_empty_text_is_none_for_an_optional(files: Files) -> None:
    """`password:` without a value means none."""
    assert bound(files, "    password:\n").password is None


@pytest.mark.parametrize(
    ("yaml", "message"),
    [
        (
            "    mode: sometimes\n",
            r"mode = 'sometimes' \(application\.yml:4\): unknown value: use one of embedded, never",
        ),
        ("    hikari: {maximum-pool-size: 0}\n", r"hikari\.maximum-pool-size = '0' .*below the minimum 1"),
        ("    hikari: {maximum-pool-size: 101}\n", r"above the maximum 100"),
        ("    hikari: {connection-timeout: soon}\n", r"hikari\.connection-timeout = 'soon' .*not a duration"),
        ("    upload-limit: big\n", r"upload-limit = 'big' .*not a size"),
        ("    routes: [{id: one}]\n", r"app\.datasource\.routes\[0\]\.uri: a value is required"),
        ("    mode: [a]\n", r"one value is expected"),
    ],
)
def test_errors_name_key_value_and_place(files: Files, yaml: str, message: str) -> None:
    """Each kind of fault is told with what a person needs to correct it."""
    with pytest.raises(ConfigError, match=message):
        bound(files, yaml)


def test_gap_in_a_list(files: Files) -> None:
    """Numbered variables must start at 0 and leave none out."""
    with pytest.raises(ConfigError, match="no element 0"):
        bound(files, APP_DATASOURCE_REPLICAS_1="x")


def test_missing_required_value(files: Files) -> None:
    """The remedy names file, argument and variable."""
    with pytest.raises(
        ConfigError, match=r"app\.datasource\.url: a value is required.*--app\.datasource\.url"
    ):
        files.load().bind(DataSource)


def test_validation_of_the_class_itself(files: Files) -> None:
    """A ValueError of __post_init__ becomes a ConfigError with the prefix and place."""

    @properties("range")
    @dataclass(frozen=True)
    class Range:
        low: int
        high: int

        def __post_init__(self) -> None:
            if self.low > self.high:
                raise ValueError("low is above high")

    files.write("application.yml", "range:\n  low: 2\n  high: 1")
    with pytest.raises(ConfigError, match=r"range \(application\.yml:2\): low is above high"):
        files.load().bind(Range)


def test_other_prefix(files: Files) -> None:
    """The same class serves several places."""
    files.write("application.yml", "a.b.maximum-pool-size: 3")
    assert files.load().bind(Pool, "a.b").maximum_pool_size == 3


def test_keys_of_a_class() -> None:
    """The near-miss check and the documentation learn what is read."""
    keys = set(bound_keys(DataSource, "app.datasource"))
    assert {
        "app.datasource.url",
        "app.datasource.hikari.connection-timeout",
        "app.datasource.labels.*",
    } <= keys


@given(
    st.lists(
        st.builds(
            Pool,
            st.integers(1, 100),
            st.integers(0, 10**6).map(lambda n: n / 1000),
            st.integers(0, 10**6),
            st.integers(0, 10**4).map(float),
        ),
        max_size=4,
    )
)
def test_what_is_written_is_bound_back(pools: list[Pool]) -> None:
    """Any list of settings survives being written as properties."""
    found: dict[str, Value] = {}
    for place, pool in enumerate(pools):
        prefix = f"p.pools[{place}]"
        found[f"{prefix}.maximumPoolSize"] = Value(str(pool.maximum_pool_size))
        found[f"{prefix}.connection-timeout"] = Value(
            f"{round(pool.connection_timeout_s * 1000)}ms", Origin("x", 1, 1)
        )
        found[f"{prefix}.keepalive"] = Value(pool.keepalive_ms)
        found[f"{prefix}.lease"] = Value(str(int(pool.lease_s)))

    @dataclass(frozen=True)
    class Holder:
        pools: tuple[Pool, ...] = ()

    assert bind(MergedProperties([PropertySource("s", found)]), Holder, "p") == Holder(tuple(pools))
