"""`spring.datasource.*`: where the database is and how many connections to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from ressort.config import duration, properties


@dataclass(frozen=True)
class HikariOptions:
    """`spring.datasource.hikari.*`, HikariCP's names for the pool.

    `connection_timeout_s` is also how long a writer waits for another one's lock.
    """

    maximum_pool_size: int = 10
    minimum_idle: int = 0
    connection_timeout_s: float = duration(30.0)
    idle_timeout_s: float = duration(600.0)
    max_lifetime_s: float = duration(1800.0)
    pool_name: str = "HikariPool-1"


@properties("spring.datasource")
@dataclass(frozen=True)
class DataSourceOptions:
    """The data source. `url` may be JDBC's or SQLAlchemy's; credentials may be apart from it."""

    url: str
    username: str | None = None
    password: str | None = None
    driver_class_name: str | None = None
    name: str = "dataSource"
    hikari: HikariOptions = field(default_factory=HikariOptions)
