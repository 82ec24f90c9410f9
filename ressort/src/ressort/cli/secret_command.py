"""``ressort encrypt`` and ``ressort decrypt``: one secret text, by standard input, with the key of ``encrypt.*``."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from ressort.config import ConfigError, EncryptSettings, load
from ressort.config.decryption import encryptors
from ressort.crypto import MARK, Encryptors, decrypt_value, split_prefixes

# neither a server nor a value under another key may stand in the way of reading the key itself
_ARGUMENTS = ("--spring.cloud.config.enabled=false", "--encrypt.fail-on-error=false")


def add_to(commands: Any) -> None:
    """Both commands; they take no text as an argument, which other users of the machine could read."""
    hint = "(standard input; key: ENCRYPT_KEY, or encrypt.* in ./application.yml)"
    commands.add_parser("encrypt", help=f"a text to a {MARK} value {hint}").set_defaults(run=encrypt)
    commands.add_parser("decrypt", help=f"a {MARK} value to its text {hint}").set_defaults(run=decrypt)


def encrypt(_arguments: argparse.Namespace) -> int:
    """Write the value for a file, mark included; ``{key:alias}`` in front of the text chooses the key.

    Raises ConfigError without a key, KeyFormatError for an alias there is not.
    """
    asked = split_prefixes(_text())
    print(MARK + asked.written + _keys().locate(asked.keys).encrypt(asked.text))
    return 0


def decrypt(_arguments: argparse.Namespace) -> int:
    """Write the text of a value, with or without its mark. Raises CannotDecryptError, and ConfigError without a key."""
    print(decrypt_value(_text(), _keys()))
    return 0


def _text() -> str:
    return sys.stdin.read().removesuffix("\n")


def _keys() -> Encryptors:
    home = Path.cwd()
    env = load(None, argv=_ARGUMENTS, environ=os.environ, directory=home)
    keys = encryptors(env.bind(EncryptSettings), home)
    if keys is None:
        raise ConfigError(
            "there is no key",
            key="encrypt.key",
            remedy="Set ENCRYPT_KEY, or encrypt.key-store.* for a key store.",
        )
    return keys
