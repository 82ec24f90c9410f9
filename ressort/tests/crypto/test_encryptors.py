"""Spring's secret texts: its published examples, round trips, key stores made by keytool, and bad keys."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from hypothesis import given, settings
from hypothesis import strategies as st

from ressort.crypto import CannotDecryptError, KeyFormatError, decrypt_value, split_prefixes
from ressort.crypto.encryptors import (
    OneKey,
    RsaAlgorithm,
    RsaOptions,
    encryptors_of_key,
    encryptors_of_store,
)
from ressort.crypto.rsa import RsaEncryptor
from ressort.crypto.symmetric import SymmetricEncryptor

STORES = Path(__file__).parent / "stores"
KEY = rsa.generate_private_key(65537, 2048)
OPTIONS = [RsaOptions(algorithm, salt, strong) for algorithm in RsaAlgorithm for salt in ("deadbeef", "salty")
           for strong in (False, True)]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "cipher", "text"),
    [
        ("foo", "682bc583f4641835fa2db009355293665d2647dade3375c0ee201de2a49f7bda", "mysecret"),
        ("foo", "d1b2458ccede07c856ff952bd841638ff4dd12ed1d36812663c3c7262d57bf46", "SUPER SECRET"),
        ("mykey", "6defc102cd76752fcf4c78231ed82ead85133a09741d9a1442595b4800e2b3d1", "password"),
    ],
)
def test_springs_own_examples(key: str, cipher: str, text: str) -> None:
    """Made by Spring's code."""
    assert decrypt_value("{cipher}" + cipher, encryptors_of_key(key)) == text


@given(text=st.text(), key=st.text(min_size=1))
@settings(max_examples=30, deadline=None)
def test_any_text_under_any_password(text: str, key: str) -> None:
    """Two ciphers of one text differ."""
    encryptor = SymmetricEncryptor(key)
    first, second = encryptor.encrypt(text), encryptor.encrypt(text)
    assert first != second
    assert encryptor.decrypt(first) == encryptor.decrypt(second) == text


@given(text=st.text())
@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_any_text_under_an_rsa_key(options: RsaOptions, text: str) -> None:
    """Every algorithm, strength and salt."""
    encryptor = RsaEncryptor(KEY, options.salt, options.algorithm, strong=options.strong)
    assert encryptor.decrypt(encryptor.encrypt(text)) == text


@given(
    cipher=st.one_of(
        st.text(), st.binary().map(bytes.hex), st.binary().map(lambda b: base64.b64encode(b).decode())
    )
)
@settings(max_examples=100, deadline=None)
def test_nothing_else_is_taken_for_a_cipher(cipher: str) -> None:
    """One error, whatever comes."""
    for encryptor in (SymmetricEncryptor("foo"), RsaEncryptor(KEY), RsaEncryptor(KEY, strong=True)):
        with pytest.raises(CannotDecryptError):
            encryptor.decrypt(cipher)


def test_another_password_cannot_read_it() -> None:
    """Nor a key that is public only."""
    with pytest.raises(CannotDecryptError):
        SymmetricEncryptor("bar").decrypt("682bc583f4641835fa2db009355293665d2647dade3375c0ee201de2a49f7bda")
    public = RsaEncryptor(KEY.public_key())
    assert not public.can_decrypt
    with pytest.raises(CannotDecryptError, match="public"):
        public.decrypt(public.encrypt("x"))


@pytest.mark.parametrize(
    "form", [serialization.PrivateFormat.TraditionalOpenSSL, serialization.PrivateFormat.PKCS8]
)
def test_a_pem_key(form: serialization.PrivateFormat) -> None:
    """In `encrypt.key` itself."""
    pem = KEY.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()
    encryptor = encryptors_of_key(f"\n{pem}").locate({})
    assert encryptor.public_key is not None and encryptor.public_key.startswith("ssh-rsa AAAA")
    assert encryptor.decrypt(RsaEncryptor(KEY).encrypt("x")) == "x"


@pytest.mark.parametrize("kind", ["jks", "pkcs12"])
def test_key_stores_of_keytool(kind: str) -> None:
    """Two aliases; in the JKS store the second has a secret of its own (see stores/README)."""
    data = (STORES / f"keys.{kind}").read_bytes()
    encryptors = encryptors_of_store(data, "letmein", "One")
    secret = "{secret:changeme}" if kind == "jks" else ""
    asked = split_prefixes(f"{{key:two}}{secret}")
    cipher = encryptors.locate(asked.keys).encrypt("été")
    assert decrypt_value(f"{{cipher}}{asked.written}{cipher}", encryptors) == "été"
    with pytest.raises(CannotDecryptError):
        decrypt_value(f"{{cipher}}{cipher}", encryptors)


@pytest.mark.parametrize("kind", ["jks", "pkcs12"])
def test_wrong_key_stores(kind: str) -> None:
    """Password, alias, secret, a file cut short, a file of something else: the reason without any secret."""
    data = (STORES / f"keys.{kind}").read_bytes()
    for wrong in (
        lambda: encryptors_of_store(data, "wrong-password", "one"),
        lambda: encryptors_of_store(data[:300], "letmein", "one"),
        lambda: encryptors_of_store(b"key: value", "letmein", "one"),
        lambda: encryptors_of_store(data, "letmein", "one", "wrong-secret"),
    ):
        with pytest.raises(KeyFormatError) as refused:
            wrong()
        assert "wrong-" not in str(refused.value)
    with pytest.raises(KeyFormatError, match=r"no key 'three' \(it has: one, two\)"):
        encryptors_of_store(data, "letmein", "three")


def test_a_store_of_another_maker() -> None:
    """Python's own PKCS12, one key under a name."""
    data = pkcs12.serialize_key_and_certificates(
        b"mine", KEY, None, None, serialization.BestAvailableEncryption(b"letmein")
    )
    assert (
        encryptors_of_store(data, "letmein", "mine").locate({}).decrypt(RsaEncryptor(KEY).encrypt("x")) == "x"
    )


@pytest.mark.parametrize("key", ["-----BEGIN RSA PRIVATE KEY-----\nnonsense\n", "ssh-rsa AAAAB3Nz x"])
def test_keys_that_are_none(key: str) -> None:
    """Refused when the process starts, not at the first value."""
    with pytest.raises(KeyFormatError):
        encryptors_of_key(key)


@pytest.mark.parametrize(
    ("text", "keys", "rest"),
    [
        ("abc", {}, "abc"),
        ("{key:a}{secret:b}abc", {"key": "a", "secret": "b"}, "abc"),
        ("{key:a}{plain}{not:a prefix}", {"key": "a"}, "{not:a prefix}"),
        ("{name:x}{profiles:y,z}", {"name": "x", "profiles": "y,z"}, ""),
        ("{}abc", {}, "{}abc"),
    ],
)
def test_prefixes(text: str, keys: dict[str, str], rest: str) -> None:
    """What stands in front of a text."""
    assert (split_prefixes(text).keys, split_prefixes(text).text) == (keys, rest)


def test_one_key_for_all() -> None:
    """Prefixes change nothing under `encrypt.key`."""
    one = OneKey(SymmetricEncryptor("foo"))
    assert one.locate({"key": "any"}) is one.locate({})
