"""The last good answer of the config server, kept on disk so that a member starts while the server is
down."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ressort.config._config_server import Answer, Query
from ressort.crypto import MARK, CryptoError, Encryptors, decrypt_value, is_cipher


class LastKnownAnswer:
    """``<folder>/<application>.json``, readable by its owner only, replaced in one step.

    With ``keys`` it is encrypted under the process's own key; a clear one kept before there was a key is still read.
    """

    def __init__(self, folder: Path, query: Query, keys: Encryptors | None = None) -> None:
        self._keys = keys
        self.path = folder / f"{query.name.replace('/', '_').replace(',', '_')}.json"
        self._asked: dict[str, Any] = {
            "name": query.name,
            "profiles": query.profiles,
            "labels": list(query.labels),
        }

    def store(self, answer: Answer) -> None:
        """Keep the answer. Raises OSError when the folder cannot be written."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"asked": self._asked, "etag": answer.etag, "answer": answer.body})
        if self._keys is not None:
            text = MARK + self._keys.locate({}).encrypt(text)
        temporary = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
        temporary.replace(self.path)

    def load(self) -> tuple[Answer, datetime] | None:
        """The answer kept for the same question and when it was stored; None without a readable one.

        One under another key, or under a key where the process has none, is not readable.
        """
        try:
            content = json.loads(self._clear(self.path.read_text(encoding="utf-8")))
            stored_at = datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
            if content["asked"] != self._asked:
                return None
            return Answer(content["answer"], content.get("etag")), stored_at
        except (OSError, ValueError, KeyError, TypeError, CryptoError):
            return None

    def _clear(self, text: str) -> str:
        return decrypt_value(text, self._keys) if self._keys is not None and is_cipher(text) else text
