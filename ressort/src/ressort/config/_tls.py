"""TLS towards a config server, from PEM files."""

from __future__ import annotations

import ssl
from pathlib import Path

from ressort.config.errors import ConfigError
from ressort.config.options import TlsOptions

_KEY = "spring.cloud.config.tls"


def tls_context(options: TlsOptions) -> ssl.SSLContext:
    """The machine's authorities, or those of ``trust-store``; the client's certificate of ``key-store``.

    Raises ConfigError for a store of another type, or one that cannot be read.
    """
    if not options.enabled:
        return ssl.create_default_context()
    _refuse_others("key-store-type", options.key_store, options.key_store_type)
    _refuse_others("trust-store-type", options.trust_store, options.trust_store_type)
    try:
        context = ssl.create_default_context(cafile=_path(options.trust_store) or None)
    except (OSError, ssl.SSLError) as error:
        raise _unusable("trust-store", options.trust_store, error) from error
    if options.key_store:
        password = options.key_password or options.key_store_password or None
        try:
            context.load_cert_chain(_path(options.key_store), password=password)
        except (OSError, ssl.SSLError) as error:
            raise _unusable("key-store", options.key_store, error) from error
    return context


def _path(text: str) -> str:
    return str(Path(text.removeprefix("file:"))) if text else ""


def _refuse_others(name: str, store: str, kind: str) -> None:
    if store and kind.upper() != "PEM":
        raise ConfigError(
            "only PEM files can be read here",
            key=f"{_KEY}.{name}",
            value=kind,
            remedy="Convert the store: keytool -importkeystore to PKCS12, then openssl pkcs12 -out store.pem.",
        )


def _unusable(name: str, store: str, error: Exception) -> ConfigError:
    return ConfigError(
        f"it cannot be used: {error}",
        key=f"{_KEY}.{name}",
        value=store,
        remedy="Give a PEM file that is there.",
    )
