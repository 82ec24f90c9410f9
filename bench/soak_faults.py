"""kill -9 of one member after the other, at random, and a reminder run again and again meanwhile."""

from __future__ import annotations

import os
import random
import signal
import threading
import time
from collections import Counter

import requests

from bench.estate import Estate
from bench.product import RUNNING, Product, UnexpectedAnswerError


class Killer(threading.Thread):
    """Kills a member that is up every `every_s` seconds; `killed` counts them by name."""

    def __init__(self, estate: Estate, every_s: float, enough: threading.Event, seed: int) -> None:
        super().__init__(name="killer", daemon=True)
        self._estate = estate
        self._every_s = every_s
        self._enough = enough
        self._random = random.Random(seed)
        self.killed: Counter[str] = Counter()

    def run(self) -> None:
        while not self._enough.wait(self._every_s):
            up = [(name, row["pid"]) for name, row in self._estate.members().items() if row["state"] == "up"]
            if not up:
                continue
            name, pid = self._random.choice(up)
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:  # it was on its way down by itself
                continue
            self.killed[name] += 1
            print(f"  kill -9 {name} (pid {pid})", flush=True)


class Reminders(threading.Thread):
    """Runs `relanceJob` of today, pass after pass, each taken up again until it is COMPLETED."""

    def __init__(self, api: str, enough: threading.Event, pause_s: float) -> None:
        super().__init__(name="reminders", daemon=True)
        self._product = Product(api)
        self._enough = enough
        self._pause_s = pause_s
        self.completed = 0
        self.taken_up = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        number = 1
        while not self._enough.is_set():
            try:
                self._complete(number)
            except UnexpectedAnswerError as error:
                self.wrong.append(f"relanceJob, pass {number}: {error}")
            number += 1
            self._enough.wait(self._pause_s)

    def _complete(self, number: int, patience_s: float = 180.0) -> None:
        end = time.monotonic() + patience_s
        execution = ""
        last = ""
        while time.monotonic() < end:
            try:
                if not execution:
                    execution = self._launch(number)
                state = self._product.get(execution)["statut"]
                last = f"{execution} {state}"
                if state == "COMPLETED":
                    self.completed += 1
                    return
                if state not in RUNNING:
                    again = self._product.ask("POST", f"{execution}/redemarrage")
                    execution = again.headers.get("Location", execution)
                    self.taken_up += again.status_code == 202
                    time.sleep(1.0)
            except (requests.RequestException, UnexpectedAnswerError) as error:
                last = str(error)
            time.sleep(0.3)
        raise UnexpectedAnswerError(f"not COMPLETED in {patience_s:.0f} s: {last}")

    def _launch(self, number: int) -> str:
        key = {"Idempotency-Key": f"soak-relance-{number}"}
        body = {"parametres": {"passage": number}}
        answer = self._product.ask("POST", "/jobs/relanceJob/executions", json=body, headers=key)
        if answer.status_code != 202:
            raise UnexpectedAnswerError(f"{answer.status_code} {answer.text[:300]}")
        return answer.headers["Location"]
