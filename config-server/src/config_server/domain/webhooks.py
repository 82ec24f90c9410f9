"""What a push message says: which files changed, in the words of seven senders (config-server facts, 1.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Header = Callable[[str], str]
"""A header by its name in any spelling; empty text when it is missing."""
Payload = Mapping[str, Any]

EVERYBODY = "application.yml"
"""The file everybody reads: the sender does not say what changed."""
PROVIDERS = ("github", "gitlab", "bitbucket", "gitea", "gitee", "gogs")


def changed_paths(header: Header, payload: Payload, enabled: Iterable[str] = PROVIDERS) -> list[str]:
    """The files a message names, in its order; none when nobody knows what it means.

    ``enabled`` are the senders believed in; the plain form ``{"path": ...}`` is always understood.
    """
    for provider in PROVIDERS:
        if provider in enabled:
            found = _READERS[provider](header, payload)
            if found:
                return found
    return _texts(payload.get("path"))


def guessed_services(paths: Iterable[str]) -> list[str]:
    """Applications that may read the files: ``foo-local-dev.yml`` is read by three; ``*`` is everybody."""
    services: dict[str, None] = {}
    for path in paths:
        stem = path.replace("\\", "/").rpartition("/")[2]
        stem = stem.rpartition(".")[0] if "." in stem else stem
        while stem:
            services["*" if stem == "application" else stem] = None
            stem = stem.rpartition("-")[0]
    return list(services)


def _committed(name: str, event: str) -> Callable[[Header, Payload], list[str]]:
    def read(header: Header, payload: Payload) -> list[str]:
        commits = payload.get("commits")
        if header(name) != event or not isinstance(commits, list):
            return []
        found: dict[str, None] = {}
        for commit in commits:
            for kind in ("added", "removed", "modified"):
                found |= dict.fromkeys(_texts(commit.get(kind)) if isinstance(commit, dict) else ())
        return list(found)

    return read


def _gitea(header: Header, payload: Payload) -> list[str]:
    known = header("X-Gitea-Event") == "push" and isinstance(payload.get("commits"), list)
    return [EVERYBODY] if known else []


def _bitbucket(header: Header, payload: Payload) -> list[str]:
    return [EVERYBODY] if _bitbucket_cloud(header, payload) or _bitbucket_server(header, payload) else []


def _bitbucket_cloud(header: Header, payload: Payload) -> bool:
    push = payload.get("push")
    return (
        header("X-Event-Key") in ("repo:push", "pullrequest:fulfilled")
        and bool(header("X-Hook-UUID"))
        and isinstance(push, dict)
        and isinstance(push.get("changes"), list)
    )


def _bitbucket_server(header: Header, payload: Payload) -> bool:
    if not header("X-Request-Id"):
        return False
    event = header("X-Event-Key")
    return event == "pr:merged" or (event == "repo:refs_changed" and isinstance(payload.get("changes"), list))


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


_READERS = {
    "github": _committed("X-GitHub-Event", "push"),
    "gitlab": _committed("X-Gitlab-Event", "Push Hook"),
    "bitbucket": _bitbucket,
    "gitea": _gitea,
    "gitee": _committed("X-Git-Oschina-Event", "Push Hook"),
    "gogs": _committed("X-Gogs-Event", "push"),
}
