"""Refreshing: what changed, who hears of it, and what happens when the new files are broken."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest

from ressort.config import ConfigError

from .conftest import Files


def test_changed_added_and_removed_keys(files: Files) -> None:
    """All three kinds are answered, sorted."""
    files.write("application.yml", "a: 1\nb: 1\nc: 1")
    env = files.load()
    files.write("application.yml", "a: 2\nc: 1\nd: 1")
    assert env.refresh() == ["a", "b", "d"]
    assert (env.get("a"), env.get("b"), env.get("d")) == ("2", None, "1")


def test_nothing_changed(files: Files) -> None:
    """No key, no call."""
    files.write("application.yml", "a: ${random.uuid}")
    env = files.load()
    heard: list[set[str]] = []
    env.on_change(heard.append)
    assert env.refresh() == []
    assert heard == []


def test_key_built_from_a_changed_one_counts(files: Files) -> None:
    """Listeners of a key with a placeholder hear of it."""
    files.write("application.yml", "host: a\nurl: http://${host}/")
    env = files.load()
    files.write("application.yml", "host: b\nurl: http://${host}/")
    assert env.refresh() == ["host", "url"]


def test_shortened_list_reports_the_vanished_elements(files: Files) -> None:
    """Elements are keys of their own."""
    files.write("application.yml", "l: [a, b]")
    env = files.load()
    files.write("application.yml", "l: [a]")
    assert env.refresh() == ["l[1]"]


def test_listeners_see_the_new_values_and_one_fault_stops_nobody(files: Files) -> None:
    """Every listener is called after the swap."""
    files.write("application.yml", "a: 1")
    env = files.load()
    seen: list[object] = []

    def broken(keys: set[str]) -> None:
        raise RuntimeError("listener")

    env.on_change(broken)
    env.on_change(lambda keys: seen.append((keys, env.get("a"))))
    files.write("application.yml", "a: 2")
    assert env.refresh() == ["a"]
    assert seen == [({"a"}, "2")]


def test_broken_file_changes_nothing(files: Files) -> None:
    """The old settings stay whole when the new ones cannot be read."""
    files.write("application.yml", "a: 1\nb: 1")
    env = files.load()
    files.write("application.yml", "a: 2\n b: [")
    with pytest.raises(ConfigError, match=r"application\.yml:2"):
        env.refresh()
    assert (env.get("a"), env.get("b")) == ("1", "1")


def test_readers_never_see_half_a_change(files: Files) -> None:
    """Two keys that always change together are read together by one binding."""
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Pair:
        x: int
        y: int

    def write(n: int) -> None:
        files.write("application.yml", f"p: {{x: {n}, y: {n}}}")

    write(0)
    env = files.load()
    torn: list[Pair] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            pair = env.bind(Pair, "p")
            if pair.x != pair.y:
                torn.append(pair)

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(1, 60):
        write(n)
        env.refresh()
    done.set()
    reader.join()
    assert torn == []
    assert env.bind(Pair, "p") == Pair(59, 59)


def test_listeners_of_some_keys(files: Files) -> None:
    """They hear of theirs and of those below, in any spelling, and of nothing else."""
    files.write("application.yml", "mail: {from: a, smtp: {host: a}}\nmailing: 1\nother: 1\nremoved-key: 1")
    env = files.load()
    heard: list[set[str]] = []
    everything: list[set[str]] = []
    env.on_refresh("mail", "removedKey")(heard.append)
    env.on_refresh()(everything.append)
    files.write("application.yml", "mail: {from: a, smtp: {host: b}}\nmailing: 2\nother: 2")
    env.refresh()
    files.write("application.yml", "mail: {from: a, smtp: {host: b}}\nmailing: 3\nother: 2")
    env.refresh()
    assert heard == [{"mail.smtp.host", "removed-key"}]
    assert everything == [{"mail.smtp.host", "removed-key", "mailing", "other"}, {"mailing"}]


@dataclass(frozen=True)
class Sending:
    """Settings that live."""

    port: int = 25
    host: str = "localhost"


def test_live_settings_follow_and_fall_back_to_defaults(files: Files) -> None:
    """Each object stays what it was; the next call gives the new one."""
    files.write("application.yml", "mail: {port: 1, host: a}")
    env = files.load()
    live = env.live(Sending, "mail")
    held = live()
    files.write("application.yml", "mail: {port: 2}")
    assert env.refresh() == ["mail.host", "mail.port"]
    assert (held, live()) == (Sending(1, "a"), Sending(2, "localhost"))


def test_a_refresh_that_live_settings_refuse_changes_nothing(files: Files) -> None:
    """Neither they nor any other key."""
    files.write("application.yml", "mail.port: 1\nother: 1")
    env = files.load()
    live = env.live(Sending, "mail")
    files.write("application.yml", "mail.port: many\nother: 2")
    with pytest.raises(ConfigError, match=r"mail\.port"):
        env.refresh()
    assert (live().port, env.get("other")) == (1, "1")


def test_properties_set_while_it_runs_stand_above_all(files: Files) -> None:
    """Also after further refreshes; one that is refused sets nothing."""
    files.write("application.yml", "a: 1\nmail.port: 1")
    env = files.load("--a=2")
    env.live(Sending, "mail")
    assert env.override({"a": "3"}) == ["a"]
    with pytest.raises(ConfigError):
        env.override({"a": "4", "mail.port": "many"})
    env.refresh()
    assert (env.get("a"), env.get("mail.port")) == ("3", "1")
