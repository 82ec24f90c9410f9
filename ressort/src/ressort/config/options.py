"""Settings of the configuration client, under ``spring.cloud.config`` as in Spring Cloud Config."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from ressort.config.fields import duration, properties, value


def one_of(*words: str) -> Callable[[object], str | None]:
    """A check: one of the words, dashes, underscores and case ignored."""

    def check(text: object) -> str | None:
        plain = str(text).lower().replace("_", "-")
        return None if plain in words else f"one of {', '.join(words)} is needed"

    return check


@dataclass(frozen=True)
class RetryOptions:
    """Tries before a fail-fast start gives up; pauses grow by ``multiplier`` up to ``max_interval_s``."""

    initial_interval_s: float = duration("1000ms", minimum=0)
    multiplier: float = value(1.1, minimum=1)
    max_interval_s: float = duration("2000ms", minimum=0)
    max_attempts: int = value(6, minimum=1)
    use_random_policy: bool = False


@dataclass(frozen=True)
class WatchOptions:
    """How changes of the central configuration are noticed. Spring ships it off and inert with git; here it is on.

    With ``push``, which is ours, a server that offers `/watch` tells of them itself, and is not polled.
    """

    enabled: bool = True
    push: bool = True
    initial_delay_s: float = duration("2s", minimum=0)
    delay_s: float = duration("2s", minimum=0.05)


@dataclass(frozen=True)
class DiscoveryOptions:
    """Servers found in the registry, by the name they have there, in place of ``uri``."""

    enabled: bool = False
    service_id: str = "configserver"


@dataclass(frozen=True)
class TlsOptions:
    """Certificates of a https server and of this client, as PEM files: paths or ``file:`` URIs."""

    enabled: bool = False
    key_store: str = ""
    key_store_type: str = "PEM"
    key_store_password: str = ""
    key_password: str = ""
    trust_store: str = ""
    trust_store_type: str = "PEM"
    trust_store_password: str = ""


@dataclass(frozen=True)
class ImportCheckOptions:
    """Spring's check that an import is there; nothing is checked here, so that both values do the same."""

    enabled: bool = True


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
    charset: str = "UTF-8"
    send_state: bool = True
    send_all_labels: bool = False
    multiple_uri_strategy: str = value("always", check=one_of("always", "connection-timeout-only"))
    retry: RetryOptions = RetryOptions()
    watch: WatchOptions = WatchOptions()
    discovery: DiscoveryOptions = DiscoveryOptions()
    tls: TlsOptions = TlsOptions()
    import_check: ImportCheckOptions = ImportCheckOptions()
