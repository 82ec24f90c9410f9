"""What can go wrong with a secret text."""

from __future__ import annotations

from ressort.errors import RessortError


class CryptoError(RessortError):
    """A key that cannot be used, or a text it did not encrypt. Never carries a key or a plain text."""


class KeyFormatError(CryptoError):
    """Key material that is neither PEM, PKCS12 nor JKS, or whose password is wrong."""


class CannotDecryptError(CryptoError):
    """The text is not one of this key's; or the key is a public one."""
