"""Who sent a push message, proved by the secret shared with the sender."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping

from config_server.domain.webhooks import Header

_SIGNED = {
    "github": ("X-Hub-Signature-256", "sha256="),
    "bitbucket": ("X-Hub-Signature", "sha256="),
    "gitea": ("X-Gitea-Signature", ""),
    "gogs": ("X-Gogs-Signature", ""),
}
_TOLD = {"gitlab": "X-Gitlab-Token", "gitee": "X-Gitee-Token"}


def proven(header: Header, body: bytes, secrets: Mapping[str, str]) -> bool:
    """True when the message is signed with, or carries, one of ``secrets`` (sender -> secret), or there are none.

    Once one is set, a message nobody signed is not believed whatever sender it claims: otherwise leaving the
    signature away, or naming another sender, would be enough.
    """
    known = {provider: secret for provider, secret in secrets.items() if secret}
    if not known:
        return True
    return any(_proven_by(provider, header, body, secret) for provider, secret in known.items())


def _proven_by(provider: str, header: Header, body: bytes, secret: str) -> bool:
    """HMAC-SHA256 in hexadecimal over the body, or the secret itself; compared in constant time."""
    if provider in _TOLD:
        given = header(_TOLD[provider])
        return hmac.compare_digest(given.encode("utf-8", "replace"), secret.encode())
    name, mark = _SIGNED[provider]
    wanted = mark + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return hmac.compare_digest(header(name).lower().encode("utf-8", "replace"), wanted.encode())
