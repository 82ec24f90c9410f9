"""Filling an empty estate once: post the demo's request, then show how far it is until it has ended."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from ressort.cli.estate import Demo

POLL_S = 0.5
GIVE_UP_S = 600.0
_HTTP_TIMEOUT_S = 30.0


def run_demo(demo: Demo, say: Callable[[str], None]) -> int:
    """Run ``demo`` unless the estate already holds something; 0 when done or not needed, 1 when it failed."""
    try:
        if not _is_empty(demo):
            return 0
        say(f"{demo.label}: started")
        _, location = _call("POST", demo.post, demo.body)
        return _follow(demo, urljoin(demo.post, location), say)
    except urllib.error.HTTPError as error:
        say(f"{demo.label}: refused ({error.code}): {error.read().decode('utf-8', 'replace')[:500]}")
    except (OSError, ValueError) as error:
        say(f"{demo.label}: failed: {error}")
    return 1


def _is_empty(demo: Demo) -> bool:
    return all(_call("GET", url)[0].get(field) == 0 for url, field in demo.unless)


def _follow(demo: Demo, url: str, say: Callable[[str], None]) -> int:
    keys = demo.progress
    started, shown = time.monotonic(), ""
    while time.monotonic() - started < GIVE_UP_S:
        execution, _ = _call("GET", url)
        state = execution[keys["state"]]
        line = _progress(execution, keys)
        if line != shown:
            shown = line
            say(f"{demo.label}: {line}")
        if state not in keys["running"]:
            done = state in keys["done"]
            say(f"{demo.label}: {state} after {time.monotonic() - started:.1f} s ({url})")
            return 0 if done else 1
        time.sleep(POLL_S)
    say(f"{demo.label}: still running after {GIVE_UP_S:.0f} s, no longer watched: {url}")
    return 1


def _progress(execution: Mapping[str, Any], keys: Mapping[str, Any]) -> str:
    steps = execution.get(keys["steps"]) or []
    return ", ".join(f"{step[keys['step-name']]} {step[keys['step-count']]}" for step in steps) or "starting"


def _call(method: str, url: str, body: Any = None) -> tuple[dict[str, Any], str]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)  # noqa: S310
    with urllib.request.urlopen(request, timeout=_HTTP_TIMEOUT_S) as answer:  # noqa: S310
        content = json.loads(answer.read() or b"{}")
        return content, answer.headers.get("Location", "")
