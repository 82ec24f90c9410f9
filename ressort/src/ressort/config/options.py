"""Settings of the configuration client, under ``spring.cloud.config`` as in Spring Cloud Config."""

from __future__ import annotations

from dataclasses import dataclass, field

from ressort.config.fields import duration, properties, value


@dataclass(frozen=True)
class RetryOptions:
    """Tries before a fail-fast start gives up; pauses grow by ``multiplier`` up to ``max_interval_s``."""

    initial_interval_s: float = duration("1000ms", minimum=0)
    multiplier: float = value(1.1, minimum=1)
    max_interval_s: float = duration("2000ms", minimum=0)
    max_attempts: int = value(6, minimum=1)


@dataclass(frozen=True)
class WatchOptions:
    """How changes of the central configuration are noticed. Spring ships it off and inert with git; here it is on.

    With ``push``, which is ours, a server that offers `/watch` tells of them itself, and is not polled.
    """

    enabled: bool = True
    push: bool = True
    initial_delay_s: float = duration("2s", minimum=0)
    delay_s: float = duration("2s", minimum=0.05)


@properties("spring.cloud.config")
@dataclass(frozen=True)
class ConfigClientOptions:
    """What to ask a config server for and how. Empty ``name`` means ``spring.application.name``."""

    enabled: bool = True
    uri: tuple[str, ...] = ("http://localhost:8888",)
    name: str = ""
    profile: str = ""
    label: str = ""
    username: str = ""
    password: str = ""
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    media_type: str = "application/vnd.spring-cloud.config-server.v2+json"
    fail_fast: bool = False
    request_connect_timeout_s: float = duration("10s", minimum=0.001)
    request_read_timeout_s: float = duration("185s", minimum=0.001)
    retry: RetryOptions = RetryOptions()
    watch: WatchOptions = WatchOptions()
