"""``{cipher}`` values of an answer, decrypted on their way out (config-server facts, section 5)."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config_server.domain.answer import Property, Source
from ressort.crypto import MARK, CannotDecryptError, Encryptors, decrypt_value, is_cipher

_LOG = logging.getLogger("config_server")
_NOT_AVAILABLE = "<n/a>"
_IN_TEXT = re.compile(re.escape(MARK) + r"(?:\{[^{}:\s]+:[^{}\s]*\})*[0-9A-Za-z+/]+=*")


@dataclass(frozen=True)
class Decryption:
    """The keys; without any, every encrypted value is invalid.

    `enabled` false leaves all values as they are written. An invalid value is taken out and told as
    ``invalid.<key>`` with ``prefix_invalid``, otherwise it stays without its mark.
    """

    encryptors: Encryptors | None = None
    enabled: bool = True
    prefix_invalid: bool = True
    in_plain_text: bool = False

    def of(self, sources: Sequence[Source]) -> list[Source]:
        """The sources with decrypted values at the end of each, and without their origins: Spring's way."""
        if not self.enabled:
            return list(sources)
        return [self._source(source) for source in sources]

    def in_text(self, text: str) -> str:
        """A file's text with each encrypted string in it replaced, where that is asked for."""
        if not (self.enabled and self.in_plain_text):
            return text
        return _IN_TEXT.sub(lambda found: self._plain(found[0]) or _NOT_AVAILABLE, text)

    def _source(self, source: Source) -> Source:
        ciphers = {key: item for key, item in source.properties.items() if is_cipher(item.value)}
        if not ciphers:
            return source
        kept = {key: item for key, item in source.properties.items() if key not in ciphers}
        for key, item in ciphers.items():
            plain = self._plain(str(item.value))
            if plain is not None:
                kept[key] = Property(plain)
                continue
            _LOG.warning("%s: %s cannot be decrypted", source.name, key)
            if self.prefix_invalid:
                kept[f"invalid.{key}"] = Property(_NOT_AVAILABLE)
            else:
                kept[key] = Property(str(item.value).removeprefix(MARK))
        return replace(source, properties=kept)

    def _plain(self, value: str) -> str | None:
        try:
            return None if self.encryptors is None else decrypt_value(value, self.encryptors)
        except CannotDecryptError:
            return None
