"""What files of the repository decide: profiles they add, files they import."""

from __future__ import annotations

import pytest

from config_server.adapters.memory import MemoryRepository
from config_server.application.file_backend import FileBackend
from config_server.application.file_rules import FileRules
from config_server.domain.effective_profiles import with_included
from config_server.domain.errors import BrokenContentError
from config_server.domain.question import Question

FILES = {
    "application.yml": "shared: 1\n",
    "inc.yml": "spring.profiles.include: extra,more\n",
    "inc-dev.yml": "a: dev\n",
    "inc-extra.yml": "a: extra\n",
    "inc-more.yml": "a: more\nspring.profiles.group.more: deep\n",
    "inc-deep.yml": "a: deep\n",
    "low.yml": "spring.profiles.include: [p1]\nspring.profiles.group.dev: g1\n",
    "high.yml": "wanted: p2\nspring.profiles: {include: ['${wanted}', p3], group: {dev: [g2]}}\n",
    **{f"high-{name}.yml": f"v: {name}\n" for name in ("p1", "p2", "p3", "g1", "g2")},
    "below.yml": "a: 1\n---\nspring.config.activate.on-profile: dev\nspring.profiles.include: more\n",
    "bad-dev.yml": "spring.profiles.active: other\n",
    "old.yml": "v: base\n---\nspring.profiles: dev,eu\nv: old\n",
    "imp.yml": "a: 1\n---\nspring.config.import: [sub/a.yml, sub/b.yml]\nb: 2\n---\nc: 3\n",
    "imp-dev.yml": "spring.config.import: sub/x.yml\n",
    "sub/a.yml": "ia: 1\n",
    "sub/a-dev.yml": "ia: dev\n",
    "sub/b.yml": "spring.config.import: a.yml\nib: 1\n",
    "sub/x.yml": "ix: 1\n",
    "sub/x-dev.yml": "ix: dev\n",
    "folder.yml": "spring.config.import: sub/\n",
    "sub/folder.yml": "deep: 1\n",
    "sub/application.yml": "deepest: 1\n",
    "out.yml": "spring.config.import: '../etc/x.yml,/etc/y.yml,classpath:z.yml,file:./sub/a.yml,sub/none.yml,env:HOME'\n",
    "round.yml": "spring.config.import: round2.yml\n",
    "round2.yml": "spring.config.import: round.yml\nspring.profiles.include: more\n",
    "round-more.yml": "a: more\n",
    "text.yml": "spring.config.import: sub/text\n",
    "server.yml": "spring.config.import: 'configserver:http://elsewhere'\n",
}  # fmt: skip


def paths(name: str, profiles: str, rules: FileRules | None = None) -> list[str]:
    """The files of an answer, highest first, without the shared one."""
    snapshot = FileBackend(MemoryRepository(FILES), rules=rules).snapshot(Question(name, profiles))
    return [
        source.path if source.document is None else f"{source.path}#{source.document}"
        for source in snapshot.sources()
        if source.path != "application.yml"
    ]


@pytest.mark.parametrize(
    ("name", "profiles", "found"),
    [
        ("inc", "dev", ["inc-more.yml", "inc-extra.yml", "inc-dev.yml", "inc.yml"]),
        ("inc", "more,dev", ["inc-extra.yml", "inc-dev.yml", "inc-more.yml", "inc.yml"]),
        ("inc", "default,dev", ["inc-dev.yml", "inc.yml"]),
        ("low,high", "dev", ["high-p1.yml", "high-p3.yml", "high-p2.yml", "high-g2.yml", "high.yml", "low.yml"]),
        ("below", "default", ["below.yml#0"]),
        ("bad", "default,dev", ["bad-dev.yml"]),
        ("round", "dev", ["round-more.yml", "round2.yml", "round.yml"]),
    ],
)  # fmt: skip
def test_plain_files_add_profiles(name: str, profiles: str, found: list[str]) -> None:
    """Groups follow their name, includes come last and win, the higher file's first; not for `default` first."""
    assert paths(name, profiles) == found


@pytest.mark.parametrize(
    ("name", "told"),
    [("below", "below.yml:4"), ("bad", "bad-dev.yml:1"), ("text", "no loader"), ("server", "server")],
)
def test_what_would_be_circular_or_unreadable_is_told(name: str, told: str) -> None:
    """As Spring refuses it, with the reason."""
    with pytest.raises(BrokenContentError, match=told):
        paths(name, "dev")


@pytest.mark.parametrize(
    ("name", "profiles", "found"),
    [
        ("imp", "x", ["imp.yml#2", "sub/b.yml", "sub/a.yml", "imp.yml#1", "imp.yml#0"]),
        ("folder", "x", ["sub/folder.yml", "sub/application.yml", "folder.yml"]),
        ("out", "x", ["out.yml"]),
    ],
)
def test_imports_stand_above_their_document(name: str, profiles: str, found: list[str]) -> None:
    """Each file once, and none that is not in the commit."""
    assert paths(name, profiles) == found


def test_variants_for_profiles_are_raised() -> None:
    """Those that plain files import stand above all, those of a profile's own file above it."""
    assert paths("imp", "dev")[:4] == ["sub/a-dev.yml", "sub/x-dev.yml", "sub/x.yml", "imp-dev.yml"]


def test_switched_off_files_decide_nothing() -> None:
    """The way back."""
    assert paths("inc", "dev", FileRules(repository_profiles=False)) == ["inc-dev.yml", "inc.yml"]
    assert paths("bad", "dev", FileRules(repository_profiles=False)) == ["bad-dev.yml"]
    assert paths("imp", "x", FileRules(repository_imports=False)) == ["imp.yml#2", "imp.yml#1", "imp.yml#0"]


def test_old_files_may_be_taken() -> None:
    """An error as in Spring, unless asked for."""
    with pytest.raises(BrokenContentError, match="on-profile"):
        paths("old", "dev")
    assert paths("old", "x,eu", FileRules(legacy_profiles=True)) == ["old.yml#1", "old.yml#0"]
    assert paths("old", "x", FileRules(legacy_profiles=True)) == ["old.yml#0"]


def test_groups_of_groups() -> None:
    """Depth first, each profile once, cycles end."""
    assert with_included(["dev", "e"], ["i", "a"], {"dev": ["a", "b"], "a": ["c", "dev"]}) == (
        "dev", "a", "c", "b", "e", "i",
    )  # fmt: skip
