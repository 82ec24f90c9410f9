"""Who holds a claim: names of runs, and whether their process is still there."""

from __future__ import annotations

import os
import sys

import pytest

from ressort.flask import claimants

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are recognised by /proc")


def test_a_run_of_this_process_is_not_gone() -> None:
    """However many there are, each with a name of its own that fits its column."""
    first, second = claimants.new_owner(), claimants.new_owner()
    assert first != second and len(first) <= 64
    assert not claimants.is_gone(first)


def test_a_forked_child_has_its_own_name_and_is_gone_once_it_ended() -> None:
    """The parent's cached name is not the child's."""
    reader, writer = os.pipe()
    claimants.new_owner()
    pid = os.fork()
    if pid == 0:
        os.write(writer, claimants.new_owner().encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        owner = stream.read()
    os.waitpid(pid, 0)
    assert owner.split(".")[1] == str(pid)
    assert claimants.is_gone(owner)


def test_a_pid_given_to_another_process_is_not_its_first_holder() -> None:
    """The time of its start tells them apart."""
    place, pid, started, run = claimants.new_owner().split(".")
    assert claimants.is_gone(f"{place}.{pid}.{int(started) - 1}.{run}")


@pytest.mark.parametrize("owner", ["", "dead", "0123456789ab.1.1.x", "...", "owner-1"])
def test_nobody_elsewhere_is_called_gone(owner: str) -> None:
    """Another machine, another container, an older name: the lease decides."""
    assert not claimants.is_gone(owner)
