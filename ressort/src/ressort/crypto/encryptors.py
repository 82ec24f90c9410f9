"""Which key a text is under: one ``encrypt.key`` for all, or a key store whose aliases the text may name."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass

from ressort.crypto.errors import KeyFormatError
from ressort.crypto.finding import TextEncryptor
from ressort.crypto.keystores import KeyStore, read_key_store, rsa_from_pem
from ressort.crypto.rsa import RsaAlgorithm, RsaEncryptor
from ressort.crypto.symmetric import DEFAULT_SALT, SymmetricEncryptor

__all__ = [
    "KeyStoreEncryptors",
    "OneKey",
    "RsaAlgorithm",
    "RsaOptions",
    "encryptors_of_key",
    "encryptors_of_store",
]


class OneKey:
    """The same key whatever a text says."""

    def __init__(self, encryptor: TextEncryptor) -> None:
        self._encryptor = encryptor

    def locate(self, keys: Mapping[str, str]) -> TextEncryptor:
        """See Encryptors."""
        return self._encryptor


@dataclass(frozen=True)
class RsaOptions:
    """``encrypt.rsa``."""

    algorithm: RsaAlgorithm = RsaAlgorithm.DEFAULT
    salt: str = DEFAULT_SALT
    strong: bool = False


class KeyStoreEncryptors:
    """The keys of a store; ``{key:alias}`` chooses another than the usual one, ``{secret:…}`` another secret."""

    def __init__(self, store: KeyStore, alias: str, secret: str, rsa: RsaOptions) -> None:
        self._store = store
        self._alias = alias
        self._secret = secret
        self._rsa = rsa
        self._known: dict[tuple[str, str], RsaEncryptor] = {}
        self._lock = threading.Lock()

    def locate(self, keys: Mapping[str, str]) -> RsaEncryptor:
        """See Encryptors."""
        chosen = keys.get("key", self._alias), keys.get("secret", self._secret)
        with self._lock:
            if chosen not in self._known:
                key = self._store.rsa(*chosen)
                self._known[chosen] = RsaEncryptor(
                    key, self._rsa.salt, self._rsa.algorithm, strong=self._rsa.strong
                )
            return self._known[chosen]


def encryptors_of_key(key: str, salt: str = DEFAULT_SALT) -> OneKey:
    """``encrypt.key``: a PEM private key (RSA) or any other text (symmetric). Raises KeyFormatError."""
    text = key.strip()
    if text.startswith("-----BEGIN"):
        return OneKey(RsaEncryptor(rsa_from_pem(text)))
    if text.startswith("ssh-rsa "):
        raise KeyFormatError("a public key alone cannot be used: give the private one")
    return OneKey(SymmetricEncryptor(key, salt))


def encryptors_of_store(
    data: bytes, password: str, alias: str, secret: str = "", rsa: RsaOptions | None = None
) -> KeyStoreEncryptors:
    """``encrypt.key-store``; its `secret` is the password unless given.

    Raises KeyFormatError, also when there is no key of that alias.
    """
    encryptors = KeyStoreEncryptors(
        read_key_store(data, password), alias, secret or password, rsa or RsaOptions()
    )
    encryptors.locate({})
    return encryptors
