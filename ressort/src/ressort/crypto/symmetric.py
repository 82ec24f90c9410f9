"""AES with a key made from a password, as Spring Security's ``Encryptors`` do it."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

from ressort.crypto.errors import CannotDecryptError, KeyFormatError

DEFAULT_SALT = "deadbeef"
_IV_BYTES = 16
_BLOCK_BITS = 128
_PBKDF2_ROUNDS = 1024


class Aes:
    """256 bits, CBC with PKCS#7 or (``strong``) GCM, a random initial vector of 16 bytes in front.

    The key is PBKDF2-HMAC-SHA1 of the password over 1024 rounds: what Spring's servers and clients use.
    """

    def __init__(self, password: str, salt: str = DEFAULT_SALT, *, strong: bool = False) -> None:
        """`salt` is hexadecimal. Raises KeyFormatError when it is not."""
        try:
            salt_bytes = bytes.fromhex(salt)
        except ValueError as error:
            raise KeyFormatError("the salt is not hexadecimal") from error
        kdf = PBKDF2HMAC(hashes.SHA1(), 32, salt_bytes, _PBKDF2_ROUNDS)  # noqa: S303 (Spring's wire format)
        self._key = kdf.derive(password.encode())
        self._strong = strong

    def encrypt(self, plain: bytes) -> bytes:
        """Initial vector and cipher text."""
        iv = os.urandom(_IV_BYTES)
        if self._strong:
            return iv + AESGCM(self._key).encrypt(iv, plain, None)
        padder = padding.PKCS7(_BLOCK_BITS).padder()
        encryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).encryptor()
        return iv + encryptor.update(padder.update(plain) + padder.finalize()) + encryptor.finalize()

    def decrypt(self, data: bytes) -> bytes:
        """The plain bytes. Raises CannotDecryptError."""
        iv, body = data[:_IV_BYTES], data[_IV_BYTES:]
        try:
            if self._strong:
                return AESGCM(self._key).decrypt(iv, body, None)
            decryptor = Cipher(algorithms.AES(self._key), modes.CBC(iv)).decryptor()
            unpadder = padding.PKCS7(_BLOCK_BITS).unpadder()
            return unpadder.update(decryptor.update(body) + decryptor.finalize()) + unpadder.finalize()
        except (ValueError, InvalidTag) as error:
            raise CannotDecryptError("the text was not encrypted with this key") from error


class SymmetricEncryptor:
    """Texts under ``encrypt.key``; the cipher is lower-case hexadecimal."""

    can_decrypt = True
    public_key: str | None = None

    def __init__(self, key: str, salt: str = DEFAULT_SALT) -> None:
        """Raises KeyFormatError for a salt that is not hexadecimal."""
        self._aes = Aes(key, salt)

    def encrypt(self, text: str) -> str:
        """Another cipher at each call."""
        return self._aes.encrypt(text.encode()).hex()

    def decrypt(self, cipher: str) -> str:
        """The text. Raises CannotDecryptError."""
        try:
            return self._aes.decrypt(bytes.fromhex(cipher)).decode()
        except ValueError as error:
            raise CannotDecryptError("the text was not encrypted with this key") from error
