"""``encrypt.*``: the settings of a process's key, and its encrypted values decrypted wherever they come from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ressort.config.binding import bind
from ressort.config.fields import properties, value
from ressort.config.merged import MergedProperties
from ressort.config.sources import PropertySource, Value

_MARK = "{cipher}"


@dataclass(frozen=True)
class KeyStoreSettings:
    """A JKS or PKCS12 file; ``secret`` protects the key where it is not the store's own ``password``.

    ``type`` is accepted for Spring: which of the two a file is, it says itself.
    """

    location: str = ""
    password: str = ""
    alias: str = ""
    secret: str = ""
    type: str = "jks"


@dataclass(frozen=True)
class RsaSettings:
    """How texts under a key of the store are made."""

    algorithm: str = value(
        "DEFAULT", check=lambda name: None if name in ("DEFAULT", "OAEP") else "DEFAULT or OAEP is needed"
    )
    salt: str = "deadbeef"
    strong: bool = False


@properties("encrypt")
@dataclass(frozen=True)
class EncryptSettings:
    """``key`` is a password or a PEM private key; without it the key store counts; without both there is no key."""

    key: str = ""
    salt: str = "deadbeef"
    fail_on_error: bool = True
    key_store: KeyStoreSettings = KeyStoreSettings()
    rsa: RsaSettings = RsaSettings()


def decrypted(sources: Iterable[PropertySource], home: Path) -> list[PropertySource]:
    """The sources with every ``{cipher}`` value decrypted by the process's own ``encrypt.*``.

    Raises ConfigError naming key and place for a value that cannot be decrypted; with
    ``encrypt.fail-on-error=false`` it is the empty text instead.
    """
    given = list(sources)
    if not any(_is_cipher(item) for source in given for item in source.properties.values()):
        return given
    from ressort.config.decryption import decrypted_sources  # which knows this module

    return decrypted_sources(given, bind(MergedProperties(given), EncryptSettings), home)


def _is_cipher(item: Value) -> bool:
    return isinstance(item.value, str) and item.value.startswith(_MARK)
