"""Private keys out of PEM texts, PKCS12 files and Java's own JKS files, several aliases included."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import pkcs12

from ressort.crypto.errors import KeyFormatError

_JKS_MAGIC = 0xFEEDFEED
_JKS_WHITENER = b"Mighty Aphrodite"
_FRIENDLY_NAME = bytes.fromhex("2a864886f70d010914")
_SHROUDED_KEY = bytes.fromhex("2a864886f70d010c0a0102")
_PLAIN_DATA = bytes.fromhex("2a864886f70d010701")
_SHA1_BYTES = 20


def rsa_from_pem(text: str) -> RSAPrivateKey:
    """The private key of a PEM text, PKCS#1 or PKCS#8. Raises KeyFormatError."""
    try:
        key = serialization.load_pem_private_key(text.encode(), None)
    except (ValueError, TypeError) as error:
        raise KeyFormatError("not a PEM private key without a password") from error
    return _rsa(key)


@dataclass(frozen=True)
class KeyStore:
    """The encrypted private keys of a key store by their aliases, in lower case as Java compares them."""

    kind: str
    keys: dict[str, bytes]

    def rsa(self, alias: str, secret: str) -> RSAPrivateKey:
        """The key of an alias. Raises KeyFormatError when there is none, or the secret is wrong."""
        shrouded = self.keys.get(alias.lower())
        if shrouded is None:
            known = ", ".join(sorted(self.keys)) or "none"
            raise KeyFormatError(f"the key store has no key {alias!r} (it has: {known})")
        try:
            if self.kind == "jks":
                return _rsa(serialization.load_der_private_key(_jks_plain(shrouded, secret), None))
            return _rsa(serialization.load_der_private_key(shrouded, secret.encode()))
        except (ValueError, TypeError) as error:
            raise KeyFormatError(f"the secret of the key {alias!r} is wrong") from error


def read_key_store(data: bytes, password: str) -> KeyStore:
    """A JKS or PKCS12 file, whatever its name says. Raises KeyFormatError; also for a wrong password."""
    if int.from_bytes(data[:4], "big") == _JKS_MAGIC:
        return KeyStore("jks", dict(_jks_keys(data, password)))
    try:
        pkcs12.load_pkcs12(data, password.encode())
        return KeyStore("pkcs12", dict(_pkcs12_keys(data)))
    except (ValueError, IndexError) as error:
        raise KeyFormatError("neither a JKS nor a PKCS12 key store, or its password is wrong") from error


def _rsa(key: object) -> RSAPrivateKey:
    if not isinstance(key, RSAPrivateKey):
        raise KeyFormatError(f"an RSA key is needed, not {type(key).__name__}")
    return key


# -- JKS: a length in front of everything, a digest at the end


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0

    def number(self, size: int = 4) -> int:
        return int.from_bytes(self.take(size), "big")

    def take(self, size: int) -> bytes:
        found = self._data[self._place : self._place + size]
        if len(found) != size:
            raise KeyFormatError("the key store ends too early")
        self._place += size
        return found

    def text(self) -> str:
        return self.take(self.number(2)).decode()


def _jks_keys(data: bytes, password: str) -> Iterator[tuple[str, bytes]]:
    body, digest = data[:-_SHA1_BYTES], data[-_SHA1_BYTES:]
    wide = password.encode("utf-16-be")
    if not hmac.compare_digest(hashlib.sha1(wide + _JKS_WHITENER + body).digest(), digest):  # noqa: S324
        raise KeyFormatError("the key store was changed, or its password is wrong")
    reader = _Reader(body)
    reader.take(4)
    version, count = reader.number(), reader.number()
    for _ in range(count):
        kind, alias = reader.number(), reader.text()
        reader.take(8)
        if kind == 1:
            yield alias.lower(), reader.take(reader.number())
            for _ in range(reader.number()):
                _skip_certificate(reader, version)
        else:
            _skip_certificate(reader, version)


def _skip_certificate(reader: _Reader, version: int) -> None:
    if version == 2:
        reader.text()
    reader.take(reader.number())


def _jks_plain(shrouded: bytes, secret: str) -> bytes:
    """PKCS#8 out of Sun's key protector: a stream of SHA-1 digests, each of the secret and the one before."""
    (wrapped,) = _children(shrouded)
    data = list(_children(wrapped))[1]
    salt, body, check = data[:_SHA1_BYTES], data[_SHA1_BYTES:-_SHA1_BYTES], data[-_SHA1_BYTES:]
    wide, digest, plain = secret.encode("utf-16-be"), salt, bytearray()
    for start in range(0, len(body), _SHA1_BYTES):
        digest = hashlib.sha1(wide + digest).digest()  # noqa: S324
        plain += bytes(a ^ b for a, b in zip(body[start : start + _SHA1_BYTES], digest, strict=False))
    if not hmac.compare_digest(hashlib.sha1(wide + bytes(plain)).digest(), check):  # noqa: S324
        raise ValueError("wrong secret")
    return bytes(plain)


# -- PKCS12: keys lie in bags of plain data, each shrouded by itself, under names in their attributes


def _pkcs12_keys(data: bytes) -> Iterator[tuple[str, bytes]]:
    (whole,) = _children(data)
    safe = _content(list(_children(whole))[1])
    (contents,) = _children(safe)
    for content in _children(contents):
        if next(_children(content)) != _PLAIN_DATA:
            continue
        (bags,) = _children(_content(content))
        yield from _keys_of(bags)


def _keys_of(bags: bytes) -> Iterator[tuple[str, bytes]]:
    for bag in _children(bags):
        identity, value, *attributes = _children(bag)
        if identity == _SHROUDED_KEY:
            yield _friendly_name(attributes), value


def _content(info: bytes) -> bytes:
    """The octets of a ContentInfo of plain data."""
    wrapped = list(_children(info))[1]
    (octets,) = _children(wrapped)
    return octets


def _friendly_name(attributes: list[bytes]) -> str:
    for attribute in _children(attributes[0]) if attributes else ():
        identity, values = _children(attribute)
        if identity == _FRIENDLY_NAME:
            return next(_children(values)).decode("utf-16-be").lower()
    return ""


def _children(data: bytes) -> Iterator[bytes]:
    """The values of the DER elements that follow one another in `data`. Raises ValueError."""
    place = 0
    while place < len(data):
        size = data[place + 1]
        place += 2
        if size & 0x80:
            octets = size & 0x7F
            size = int.from_bytes(data[place : place + octets], "big")
            place += octets
        if place + size > len(data):
            raise ValueError("cut short")
        yield data[place : place + size]
        place += size
