"""`/actuator/deadletters`: what consumers gave up on, to be looked at, replayed or discarded.

GET lists the groups of this process; GET below `/{destination}/{group}` their letters; POST there takes
`{"action": "replay" | "discard", "ids": [...]}`, all letters without `ids`.
"""

from __future__ import annotations

from typing import Any

from ressort.actuator import Answer, BadCallError, Call, Endpoint
from ressort.messaging.dead_letters import DeadLetters, UnknownGroupError


def dead_letters_endpoint(letters: DeadLetters) -> Endpoint:
    """The endpoint over the dead letters of a process's messaging."""

    def overview(_call: Call) -> Any:
        return {"groups": letters.overview()}

    def one_group(call: Call) -> Any:
        destination, group = _group(call)
        try:
            return {"letters": letters.letters(destination, group, _limit(call))}
        except UnknownGroupError:
            return None

    def act(call: Call) -> Any:
        destination, group = _group(call)
        action, ids = _wish(call.body)
        try:
            done = letters.replay if action == "replay" else letters.discard
            return {"count": done(destination, group, ids)}
        except UnknownGroupError:
            return Answer(status=404)

    return Endpoint("deadletters", overview, one_group, write_selected=act, selector="*path")


def _group(call: Call) -> tuple[str, str]:
    if len(call.path) != 2:
        raise BadCallError("the path below deadletters is /{destination}/{group}")
    return call.path[0], call.path[1]


def _limit(call: Call) -> int:
    text = call.one("limit") or "100"
    if not text.isdigit():
        raise BadCallError(f"limit is a number, not {text!r}")
    return int(text)


def _wish(body: Any) -> tuple[str, list[str] | None]:
    action = body.get("action") if isinstance(body, dict) else None
    if action not in ("replay", "discard"):
        raise BadCallError('the body is {"action": "replay" or "discard", "ids": [...]}')
    ids = body.get("ids")
    if ids is not None and not (isinstance(ids, list) and all(isinstance(one, str) for one in ids)):
        raise BadCallError("ids is a list of text")
    return action, ids
