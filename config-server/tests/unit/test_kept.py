"""The bounded cache."""

from __future__ import annotations

import random
import threading

import pytest

from config_server.application.kept import Kept


def test_makes_once_and_lets_go_of_what_was_asked_for_longest_ago() -> None:
    """By weight, not by number."""
    made: list[str] = []

    def make(text: str) -> str:
        made.append(text)
        return text

    kept = Kept(make, len, 10)
    assert [kept("aaaa"), kept("bbbb"), kept("aaaa")] == ["aaaa", "bbbb", "aaaa"]
    assert kept("ccc") == "ccc"
    assert (kept("aaaa"), kept.bytes) == ("aaaa", 7)
    assert made == ["aaaa", "bbbb", "ccc"]
    kept("bbbb")
    assert made[-1] == "bbbb"


def test_what_is_too_heavy_is_made_each_time() -> None:
    """And pushes nothing out."""
    kept = Kept(lambda n: "x" * n, len, 10)
    kept(3)
    assert (len(kept(11)), kept.bytes) == (11, 3)


def test_errors_are_not_kept() -> None:
    """The next call tries again."""
    answers = iter([ValueError("now"), "later"])

    def make() -> str:
        answer = next(answers)
        if isinstance(answer, ValueError):
            raise answer
        return answer

    kept = Kept(make, len, 10)
    with pytest.raises(ValueError, match="now"):
        kept()
    assert kept() == "later"


def test_many_threads_never_exceed_the_limit() -> None:
    """Nor lose count of what is there."""
    kept = Kept(lambda n: "x" * n, len, 50)

    def work(seed: int) -> None:
        chosen = random.Random(seed)
        for _ in range(2_000):
            number = chosen.randrange(1, 20)
            assert len(kept(number)) == number
            assert kept.bytes <= 70

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert kept.bytes <= 50
