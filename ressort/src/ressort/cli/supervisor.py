"""The launcher's loop: start the members by stage, restart the crashed, answer the control socket,
stop in order.

One thread and one selector, so that forking stays safe for as long as the estate runs.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ressort.cli import control, ports
from ressort.cli.children import Child, fork_call, start_child
from ressort.cli.estate import Estate, EstateError, Member
from ressort.cli.post import READY_TIMEOUT_S, Post, how_it_ended
from ressort.errors import RessortError


class StartError(RessortError):
    """The estate cannot start; everything already started was stopped again."""


def ensure_state(estate: Estate) -> None:
    """Make the folders the launcher writes to; StartError names the one that cannot be written."""
    for folder in (estate.state, estate.state / "logs", estate.state / "run"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied", str(folder))
        except OSError as error:
            raise StartError(f"{folder} cannot be written: {error.strerror}; all state lies there") from error


class Supervisor:
    """Runs one estate in the foreground until SIGINT, SIGTERM or ``ressort down``."""

    def __init__(self, estate: Estate, say: Callable[[str], None], *, fork: bool = True) -> None:
        self._estate = estate
        self._say = say
        self._fork = fork
        self._logs = estate.state / "logs"
        self._posts: dict[str, Post] = {}
        self._awaited: list[Post] = []
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._downers: list[socket.socket] = []
        self._helpers: set[int] = set()

    def run(self, members: Sequence[Member], once_up: Callable[[], int] | None = None) -> int:
        """Start ``members``, call ``once_up`` in a child when all are ready, stay until told to stop."""
        self._check(members)
        self._open()
        started = time.monotonic()
        try:
            for stage in self._estate.stages(members):
                self._start_stage(stage)
            if not self._stopping:
                self._welcome(time.monotonic() - started)
                if once_up is not None:
                    self._helpers.add(fork_call(once_up))
            while not self._stopping:
                self._turn(1.0)
        finally:
            self._stop_all()
            self._close()
        self._say("stopped")
        return 0

    # -- start

    def _check(self, members: Iterable[Member]) -> None:
        for member in members:
            for port in member.ports:
                if not ports.is_free(port):
                    raise StartError(
                        f"port {port} ({member.name}) is already held by {ports.holder(port)}: "
                        "stop that process, or change the port in ressort.yml"
                    )
        ensure_state(self._estate)

    def _open(self) -> None:
        reader, writer = os.pipe()
        os.set_blocking(reader, False)
        os.set_blocking(writer, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_stop_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(reader, selectors.EVENT_READ, lambda: self._drain_pipe(reader))
        self._control = control.listen(self._estate.state)
        self._selector.register(self._control, selectors.EVENT_READ, self._on_control)
        (self._estate.state / "run" / "ressort.pid").write_text(f"{os.getpid()}\n", encoding="ascii")

    def _on_stop_signal(self, number: int, _frame: object) -> None:
        if not self._stopping:
            self._say(f"\n{signal.Signals(number).name}: stopping in order (again to hurry)")
        else:
            self._hurry()
        self._stopping = True

    def _hurry(self) -> None:
        for post in self._posts.values():
            if post.child is not None:
                _kill(post.child.pid, signal.SIGKILL)

    def _start_stage(self, stage: Sequence[Member]) -> None:
        if self._stopping:
            return
        posts = self._awaited = [self._start(Post(member)) for member in stage]
        deadline = time.monotonic() + READY_TIMEOUT_S
        while not self._stopping and any(post.state != "up" for post in posts):
            self._turn(0.5)
            for post in posts:
                if post.child is None:
                    raise StartError(f"{post.member.name} did not start:\n{post.words()}")
            if time.monotonic() > deadline:
                late = ", ".join(post.member.name for post in posts if post.state != "up")
                raise StartError(
                    f"not ready after {READY_TIMEOUT_S:.0f} s: {late}; see `ressort logs {late}`"
                )
        self._awaited = []

    def _start(self, post: Post) -> Post:
        self._posts[post.member.name] = post
        post.restart_at = None
        child = start_child(post.member, self._estate.directory, self._logs, fork=self._fork)
        post.child = child
        self._selector.register(child.ready_fd, selectors.EVENT_READ, lambda: self._on_ready(post, child))
        return post

    def _welcome(self, seconds: float) -> None:
        self._say(f"\nup in {seconds:.1f} s")
        for address in self._estate.addresses:
            self._say(f"  {address.url:<52} {address.label}")
        self._say("Ctrl-C or `ressort down` stops everything.\n")

    # -- one turn of the loop

    def _turn(self, timeout_s: float) -> None:
        due = [post.restart_at for post in self._posts.values() if post.restart_at is not None]
        if due:
            timeout_s = max(0.0, min(timeout_s, min(due) - time.monotonic()))
        for key, _ in self._selector.select(timeout_s):
            key.data()
        self._reap()
        now = time.monotonic()
        for post in list(self._posts.values()):
            if post.restart_at is not None and post.restart_at <= now and not self._stopping:
                post.restarts += 1
                self._start(post)
            post.tell_if_late()

    @staticmethod
    def _drain_pipe(fd: int) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(fd, 512):
                pass

    def _on_ready(self, post: Post, child: Child) -> None:
        if child.ready_fd < 0:  # it died and was reaped earlier in this turn
            return
        try:
            heard = child.hear()
        except BlockingIOError:
            return
        if not heard:
            return
        self._forget_pipe(child)
        if child.ready is not None:
            ms = child.ready.get("ms", round((time.monotonic() - child.started_at) * 1000))
            listening = ", ".join(str(port) for port in post.member.ports)
            self._say(f"{post.member.name:<22} :{listening:<12} pid {child.pid:<8} {ms} ms")
            post.tell_ready(child)

    def _forget_pipe(self, child: Child) -> None:
        if child.ready_fd >= 0:
            self._selector.unregister(child.ready_fd)
            child.close()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            self._helpers.discard(pid)
            for post in self._posts.values():
                if post.child is not None and post.child.pid == pid:
                    self._gone(post, post.child, how_it_ended(status))

    def _gone(self, post: Post, child: Child, how: str) -> None:
        post.child, post.said = None, child.last_words()
        self._forget_pipe(child)
        if self._stopping or post in self._awaited or not post.wanted:
            return
        pause = post.back_off(child)
        end = "died" if child.ready else "did not start"
        self._say(f"{post.member.name:<22} {end} ({how}), next try in {pause:.1f} s")
        post.tell_failed(how, pause)

    # -- control socket

    def _on_control(self) -> None:
        try:
            client, _ = self._control.accept()
        except BlockingIOError:
            return
        client.settimeout(1.0)
        try:
            with client.makefile("rb") as stream:
                request = json.loads(stream.readline() or b"{}")
            self._command(client, request)
        except (OSError, ValueError) as error:
            control.answer(client, {"ok": False, "error": f"bad request: {error}"})
        except RessortError as error:
            control.answer(client, {"ok": False, "error": str(error)})

    def _command(self, client: socket.socket, request: dict[str, Any]) -> None:
        command = request.get("command")
        if command == "status":
            control.answer(
                client,
                {"ok": True, "pid": os.getpid(), "members": [p.row() for p in self._posts.values()]},
            )
        elif command == "down":
            self._downers.append(client)
            self._stopping = True
        elif command == "restart":
            self._restart(client, self._post(str(request.get("member"))))
        elif command == "up":
            self._up(client, self._estate.member(str(request.get("member"))))
        else:
            control.answer(client, {"ok": False, "error": f"unknown command {command!r}"})

    def _post(self, name: str) -> Post:
        self._estate.member(name)
        if name not in self._posts:
            raise EstateError(f"{name} is not running: start it with `ressort up {name}`")
        return self._posts[name]

    def _restart(self, client: socket.socket, post: Post) -> None:
        post.wanted = False
        if post.child is not None:
            self._stop([post], self._estate.stop_timeout_s)
        post.wanted, post.failures = True, 0
        post.waiting.append(client)
        self._start(post)

    def _up(self, client: socket.socket, member: Member) -> None:
        post = self._posts.get(member.name) or Post(member)
        if post.child is None:
            self._check([member])
            self._start(post)
        post.waiting.append(client)
        if post.child is not None and post.child.ready:
            post.tell_ready(post.child)

    # -- stop

    def _stop_all(self) -> None:
        self._stopping = True
        for pid in self._helpers:
            _kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + self._estate.stop_timeout_s
        stages = sorted({post.member.stop_stage for post in self._posts.values()}, reverse=True)
        for stage in stages:
            self._stop(
                [p for p in self._posts.values() if p.member.stop_stage == stage], deadline - time.monotonic()
            )

    def _stop(self, posts: Sequence[Post], timeout_s: float) -> None:
        for post in posts:
            post.restart_at = None
            if post.child is not None:
                _kill(post.child.pid, signal.SIGTERM)
        deadline = time.monotonic() + max(0.2, timeout_s)
        while any(post.child is not None for post in posts):
            if time.monotonic() > deadline:
                for post in posts:
                    if post.child is not None:
                        self._say(f"{post.member.name:<22} did not stop in time: killed")
                        _kill(post.child.pid, signal.SIGKILL)
                deadline += 1.0
            self._wait_for_death()

    def _wait_for_death(self) -> None:
        self._selector.select(0.02)
        for key in list(self._selector.get_map().values()):
            if key.data and isinstance(key.fileobj, int):
                with contextlib.suppress(BlockingIOError, OSError, KeyError):
                    key.data()
        self._reap()

    def _close(self) -> None:
        signal.set_wakeup_fd(-1)
        self._control.close()
        for name in ("ressort.sock", "ressort.pid"):
            (self._estate.state / "run" / name).unlink(missing_ok=True)
        for post in self._posts.values():
            post.tell({"ok": False, "error": f"the estate was stopped before {post.member.name} was up"})
        for client in self._downers:
            control.answer(client, {"ok": True})
        self._selector.close()


def _kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
