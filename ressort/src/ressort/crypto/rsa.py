"""Texts under an RSA key, as Spring's ``RsaSecretEncryptor`` writes them.

A random secret under RSA stands in front of the text, which is under AES with that secret.
"""

from __future__ import annotations

import base64
import binascii
import os
import struct
from enum import Enum

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from ressort.crypto.errors import CannotDecryptError
from ressort.crypto.symmetric import DEFAULT_SALT, Aes

_SECRET_BYTES = 16


class RsaAlgorithm(Enum):
    """``encrypt.rsa.algorithm``: PKCS#1 version 1.5, or OAEP with SHA-1."""

    DEFAULT = "DEFAULT"
    OAEP = "OAEP"

    @property
    def padding(self) -> padding.AsymmetricPadding:
        """As the library wants it."""
        if self is RsaAlgorithm.DEFAULT:
            return padding.PKCS1v15()
        sha1 = hashes.SHA1()  # noqa: S303 (Spring's wire format)
        return padding.OAEP(padding.MGF1(sha1), sha1, None)


class RsaEncryptor:
    """Encrypts with the public key; decrypts when there is a private one. The cipher is standard Base64."""

    def __init__(
        self,
        key: RSAPrivateKey | RSAPublicKey,
        salt: str = DEFAULT_SALT,
        algorithm: RsaAlgorithm = RsaAlgorithm.DEFAULT,
        *,
        strong: bool = False,
    ) -> None:
        """A salt that is not hexadecimal is taken as text."""
        self._private = key if isinstance(key, RSAPrivateKey) else None
        self._public = key.public_key() if isinstance(key, RSAPrivateKey) else key
        self._salt = salt if _is_hexadecimal(salt) else salt.encode().hex()
        self._padding = algorithm.padding
        self._strong = strong

    @property
    def can_decrypt(self) -> bool:
        """Whether there is a private key."""
        return self._private is not None

    @property
    def public_key(self) -> str:
        """In the form of an OpenSSH file, ``ssh-rsa <base64>``."""
        form = serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
        return self._public.public_bytes(*form).decode()

    def encrypt(self, text: str) -> str:
        """Another cipher at each call."""
        secret = os.urandom(_SECRET_BYTES)
        head = self._public.encrypt(secret, self._padding)
        return base64.b64encode(
            struct.pack(">H", len(head)) + head + self._aes(secret).encrypt(text.encode())
        ).decode()

    def decrypt(self, cipher: str) -> str:
        """The text. Raises CannotDecryptError, also without a private key."""
        if self._private is None:
            raise CannotDecryptError("only the public key is known here")
        try:
            data = base64.b64decode(cipher, validate=True)
            (length,) = struct.unpack_from(">H", data)
            secret = self._private.decrypt(data[2 : 2 + length], self._padding)
            return self._aes(secret).decrypt(data[2 + length :]).decode()
        except (ValueError, struct.error, binascii.Error) as error:
            raise CannotDecryptError("the text was not encrypted with this key") from error

    def _aes(self, secret: bytes) -> Aes:
        return Aes(secret.hex(), self._salt, strong=self._strong)


def _is_hexadecimal(text: str) -> bool:
    try:
        bytes.fromhex(text)
    except ValueError:
        return False
    return True
