"""What is asked of keys, without the library that has the ciphers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from ressort.crypto.ciphers import MARK, split_prefixes
from ressort.crypto.errors import CannotDecryptError, KeyFormatError


class TextEncryptor(Protocol):
    """One key."""

    @property
    def can_decrypt(self) -> bool:
        """False for a public key alone."""
        ...

    @property
    def public_key(self) -> str | None:
        """``ssh-rsa <base64>``, None for a symmetric key."""
        ...

    def encrypt(self, text: str) -> str:
        """A cipher without any mark."""
        ...

    def decrypt(self, cipher: str) -> str:
        """Raises CannotDecryptError."""
        ...


class Encryptors(Protocol):
    """A choice of keys."""

    def locate(self, keys: Mapping[str, str]) -> TextEncryptor:
        """The key for these prefixes (``key``, ``secret``). Raises KeyFormatError when there is none."""
        ...


def decrypt_value(value: str, encryptors: Encryptors) -> str:
    """The text of ``{cipher}{key:…}…``. Raises CannotDecryptError."""
    prefixed = split_prefixes(value.removeprefix(MARK))
    try:
        return encryptors.locate(prefixed.keys).decrypt(prefixed.text)
    except KeyFormatError as error:
        raise CannotDecryptError(str(error)) from error
