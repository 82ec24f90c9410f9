"""Dead letters through the actuator endpoint."""

from __future__ import annotations

from typing import Any

import pytest

from ressort.actuator import Answer, BadCallError, Call, Endpoint
from ressort.flask.dead_letters import dead_letters_endpoint
from ressort.messaging import MemoryBinder, Messaging, UnreadableMessageError
from ressort.testing.binder_conformance import Inbasket, message

PATH = ("topic", "g")


@pytest.fixture
def binder() -> MemoryBinder:
    return MemoryBinder()


@pytest.fixture
def endpoint(binder: MemoryBinder) -> Endpoint:
    """Two dead letters, `a` and `b`."""
    messaging = Messaging(binder)
    basket = Inbasket()
    basket.failures = {text: [UnreadableMessageError("broken")] for text in ("a", "b")}
    messaging.listen("topic", "g", basket)
    binder.publish("topic", [message("a"), message("b")])
    binder.drain()
    return dead_letters_endpoint(messaging.dead_letters)


def call(handler: Any, **details: Any) -> Any:
    return handler(Call(**details))


def test_the_overview_counts_per_group(endpoint: Endpoint) -> None:
    """An operator sees where something died."""
    assert call(endpoint.read) == {
        "groups": [{"destination": "topic", "group": "g", "waiting": 0, "dead": 2}]
    }


def test_a_group_shows_its_letters(endpoint: Endpoint) -> None:
    """Payload, headers and error are there, at most as many as asked for."""
    (letter,) = call(endpoint.read_selected, path=PATH, query={"limit": ("1",)})["letters"]
    assert letter["payload"] == "a"
    assert "broken" in letter["error"]
    assert letter["headers"]["type"] == "Test"
    assert letter["diedAt"].endswith("Z")


def test_chosen_letters_are_replayed(endpoint: Endpoint, binder: MemoryBinder) -> None:
    """A replayed letter is delivered again."""
    chosen = binder.dead_letters("topic", "g")[0].id
    assert call(endpoint.write_selected, path=PATH, body={"action": "replay", "ids": [chosen]}) == {
        "count": 1
    }
    assert binder.drain() == 1
    assert len(binder.dead_letters("topic", "g")) == 1


def test_all_letters_are_discarded(endpoint: Endpoint, binder: MemoryBinder) -> None:
    """Without ids, all go."""
    assert call(endpoint.write_selected, path=PATH, body={"action": "discard"}) == {"count": 2}
    assert binder.dead_letters("topic", "g") == []


def test_a_group_of_another_process_is_not_found(endpoint: Endpoint) -> None:
    """Only what this process consumes can be handled here."""
    assert call(endpoint.read_selected, path=("topic", "other")) is None
    answer = call(endpoint.write_selected, path=("topic", "other"), body={"action": "replay"})
    assert answer == Answer(status=404)


@pytest.mark.parametrize("body", [None, {}, {"action": "burn"}, {"action": "replay", "ids": "a"}, [1]])
def test_a_body_without_a_known_action_is_refused(endpoint: Endpoint, body: object) -> None:
    """Nothing is done for a body that is not understood."""
    with pytest.raises(BadCallError):
        call(endpoint.write_selected, path=PATH, body=body)
