"""The local binder: conformance, several processes, killed consumers, little work when idle."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ressort.messaging import Binder, Binding, LocalBinder, Message, _local
from ressort.testing.binder_conformance import BinderConformance, Inbasket, eventually, message

CONSUMER = """
import sys, time
from pathlib import Path
from ressort.messaging import Binding, LocalBinder
binder = LocalBinder(Path(sys.argv[1]))
def handle(message):
    print(message.payload.decode(), flush=True)
    time.sleep(float(sys.argv[2]))
binder.start()
binder.subscribe(Binding("topic", "g"), handle).start()
print("ready", flush=True)
time.sleep(120)
"""


class TestLocalBinder(BinderConformance):
    """The suite every binder passes."""

    @pytest.fixture
    def make(self, tmp_path: Path) -> Callable[[], Binder]:
        """Every binder is a process of its own on one file."""
        return lambda: LocalBinder(tmp_path / "broker" / "broker.db")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "broker" / "broker.db"


@pytest.fixture
def binder(file: Path) -> Iterator[LocalBinder]:
    binder = LocalBinder(file)
    binder.start()
    yield binder
    binder.stop(10)


@pytest.fixture
def spawn(file: Path) -> Iterator[Callable[[float], subprocess.Popen[str]]]:
    """Starts a consumer process whose handler takes that many seconds."""
    processes: list[subprocess.Popen[str]] = []

    def start(handler_s: float) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", CONSUMER, str(file), str(handler_s)]
        processes.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        assert line(processes[-1]) == "ready"
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_a_killed_consumers_message_goes_to_another(
    binder: LocalBinder, spawn: Callable[[float], subprocess.Popen[str]]
) -> None:
    """kill -9 in the middle of a handler: the message is delivered again, without a failure counted."""
    victim = spawn(60)
    binder.publish("topic", [message("x")])
    assert line(victim) == "x"
    os.kill(victim.pid, signal.SIGKILL)
    victim.wait()
    basket = Inbasket()
    binder.subscribe(Binding("topic", "g", max_attempts=1), basket).start()
    assert basket.wait_for(1) == ["x"]
    eventually(lambda: binder.backlog("topic", "g") == 0)


def test_a_slow_consumer_keeps_its_message(
    binder: LocalBinder, spawn: Callable[[float], subprocess.Popen[str]]
) -> None:
    """A stopped (not dead) process still holds its message: nobody else gets it."""
    slow = spawn(60)
    binder.publish("topic", [message("x")])
    assert line(slow) == "x"
    os.kill(slow.pid, signal.SIGSTOP)
    basket = Inbasket()
    binder.subscribe(Binding("topic", "g"), basket).start()
    binder.publish("topic", [message("y")])
    assert basket.wait_for(1) == ["y"]
    time.sleep(2.5 * _local.POLL_S)
    assert basket.texts == ["y"]


def test_two_processes_share_a_group(
    binder: LocalBinder, spawn: Callable[[float], subprocess.Popen[str]]
) -> None:
    """Each message is printed by one process, once."""
    both = [spawn(0.01), spawn(0.01)]
    binder.publish("topic", [message(str(n)) for n in range(50)])
    eventually(lambda: binder.backlog("topic", "g") == 0)
    for process in both:
        process.kill()
    printed = [text for process in both for text in (process.stdout or []) if text.strip()]
    assert sorted(int(text) for text in printed) == list(range(50))


def test_messages_survive_the_end_of_every_process(file: Path) -> None:
    """What was published is on disk."""
    first = LocalBinder(file)
    first.declare("topic", ["g"])
    first.publish("topic", [message("kept")])
    first.stop(1)
    second = LocalBinder(file)
    basket = Inbasket()
    second.subscribe(Binding("topic", "g"), basket).start()
    assert basket.wait_for(1) == ["kept"]
    second.stop(10)


def test_a_message_that_kills_its_process_every_time_ends_among_the_dead(binder: LocalBinder) -> None:
    """Delivered too often without any outcome, a message is set apart instead of killing for ever."""
    binder.declare("topic", ["g"])
    binder.publish("topic", [message("poison")])
    store = binder._worker()
    for _ in range(_local.DELIVERY_LIMIT):
        assert store.take("topic", "g", "victim") is not None
        store.bury("victim")
    basket = Inbasket()
    binder.subscribe(Binding("topic", "g"), basket).start()
    eventually(lambda: len(binder.dead_letters("topic", "g")) == 1)
    assert basket.texts == []


def test_an_anonymous_group_ends_with_its_process(binder: LocalBinder, file: Path) -> None:
    """Nothing is kept for a consumer without a group."""
    other = LocalBinder(file)
    other.subscribe(Binding("topic", "anonymous.x"), Inbasket()).start()
    binder.publish("topic", [message("x")])
    other.stop(10)
    assert binder.backlog("topic", "anonymous.x") == 0
    binder.declare("topic", ["g"])
    binder.publish("topic", [message("y")])
    assert binder.backlog("topic", "anonymous.x") == 0


def test_an_idle_consumer_costs_almost_no_processor_time(
    spawn: Callable[[float], subprocess.Popen[str]],
) -> None:
    """Two idle seconds use less than a twentieth of one processor."""
    process = spawn(0)
    before = processor_s(process.pid)
    time.sleep(2)
    assert processor_s(process.pid) - before < 0.1


def processor_s(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_handled_messages_leave_the_file(binder: LocalBinder) -> None:
    """Nothing has to be purged."""
    basket = Inbasket()
    binder.subscribe(Binding("topic", "g"), basket).start()
    binder.publish("topic", [Message(b"x" * 1000, {"id": str(n)}) for n in range(20)])
    basket.wait_for(20)
    eventually(lambda: binder.backlog("topic", "g") == 0)
    with binder._worker()._reading() as connection:
        assert connection.execute("SELECT count(*) FROM delivery").fetchone() == (0,)
