"""The keys that ``encrypt.*`` names, and values decrypted with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ressort.config.encryption import EncryptSettings
from ressort.config.errors import ConfigError
from ressort.config.sources import PropertySource, Value
from ressort.crypto import CannotDecryptError, Encryptors, KeyFormatError, decrypt_value, is_cipher

_LOCATION = "encrypt.key-store.location"


def encryptors(settings: EncryptSettings, home: Path) -> Encryptors | None:
    """The keys of a process, None without any. `home` is where a relative location begins. Raises ConfigError."""
    if not (settings.key or settings.key_store.location):
        return None
    from ressort.crypto import (
        encryptors as made,  # the library of ciphers is loaded only where there is a key
    )

    try:
        if settings.key:
            return made.encryptors_of_key(settings.key, settings.salt)
        store, rsa = settings.key_store, settings.rsa
        options = made.RsaOptions(made.RsaAlgorithm(rsa.algorithm), rsa.salt, rsa.strong)
        data = _file(store.location, home)
        return made.encryptors_of_store(data, store.password, store.alias, store.secret, options)
    except KeyFormatError as error:
        key = "encrypt.key" if settings.key else _LOCATION
        raise ConfigError(str(error), key=key, value=settings.key or settings.key_store.location) from error


def _file(location: str, home: Path) -> bytes:
    path = location.removeprefix("file://").removeprefix("file:")
    if path.startswith("classpath:"):
        raise ConfigError(
            "there is no class path here", key=_LOCATION, value=location, remedy="Write a file: location."
        )
    try:
        return (home / path).read_bytes()
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", key=_LOCATION, value=location, remedy="Check the path."
        ) from error


def decrypted_sources(
    sources: Sequence[PropertySource], settings: EncryptSettings, home: Path
) -> list[PropertySource]:
    """The sources with every encrypted value decrypted. Raises ConfigError."""
    keys = encryptors(settings, home)
    return [_decrypted_source(source, keys, settings.fail_on_error) for source in sources]


def _decrypted_source(source: PropertySource, keys: Encryptors | None, strict: bool) -> PropertySource:
    found = {
        key: Value(_plain(key, value, keys, strict), value.origin) if is_cipher(value.value) else value
        for key, value in source.properties.items()
    }
    return replace(source, properties=found)


def _plain(key: str, value: Value, keys: Encryptors | None, strict: bool) -> str:
    try:
        if keys is None:
            raise CannotDecryptError("it is encrypted and this process has no key")
        return decrypt_value(str(value.value), keys)
    except CannotDecryptError as error:
        if not strict:
            return ""
        raise ConfigError(
            f"cannot be decrypted: {error}",
            key=key,
            origin=value.origin,
            remedy="Set encrypt.key or encrypt.key-store.* to the key it was encrypted with.",
        ) from error
