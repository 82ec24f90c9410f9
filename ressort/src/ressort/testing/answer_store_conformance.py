"""What every store of Idempotency-Key answers must do: inherit the class, give `store`, run pytest.

class TestMine(AnswerStoreConformance):
    @pytest.fixture
    def store(self):
        return MyStore()
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from ressort.flask.idempotency import AnswerStore, Claim, KeptAnswer, KeyReusedError, KeyRunningError

LEASE_S = 30.0
FIRST = Claim("POST /orders", "key-1", "a" * 64, "owner-1")
TWIN = replace(FIRST, owner="owner-2")
ANSWER = KeptAnswer(201, {"Content-Type": "application/json", "Location": "/orders/1"}, b'{"id":"\xc3\xa9"}')


class AnswerStoreConformance:
    """Claims, answers, and what frees a key."""

    @pytest.fixture
    def store(self) -> AnswerStore:
        """An empty store."""
        raise NotImplementedError

    @staticmethod
    def answer(store: AnswerStore, claim: Claim, answer: KeptAnswer = ANSWER, deferred: bool = True) -> None:
        """Claims and answers."""
        assert store.claim(claim, LEASE_S) is None
        with store.unit(claim, deferred) as unit:
            unit.save(answer)

    @pytest.mark.parametrize("deferred", [True, False])
    def test_an_answer_is_given_again_as_it_was(self, store: AnswerStore, deferred: bool) -> None:
        """Status, headers and bytes."""
        self.answer(store, FIRST, deferred=deferred)
        again = store.claim(TWIN, LEASE_S)
        assert again is not None
        assert (again.status, dict(again.headers), again.body) == (201, dict(ANSWER.headers), ANSWER.body)

    def test_a_running_claim_stops_its_twin(self, store: AnswerStore) -> None:
        """While nobody answered."""
        store.claim(FIRST, LEASE_S)
        with pytest.raises(KeyRunningError):
            store.claim(TWIN, LEASE_S)

    def test_another_request_with_the_key_is_refused(self, store: AnswerStore) -> None:
        """Running or answered."""
        other = replace(TWIN, fingerprint="b" * 64)
        store.claim(FIRST, LEASE_S)
        with pytest.raises(KeyReusedError):
            store.claim(other, LEASE_S)
        with store.unit(FIRST, True) as unit:
            unit.save(ANSWER)
        with pytest.raises(KeyReusedError):
            store.claim(other, LEASE_S)

    def test_keys_belong_to_their_route_and_differ_by_case(self, store: AnswerStore) -> None:
        """Three claims, three runs."""
        for claim in (FIRST, replace(FIRST, route="POST /payments"), replace(FIRST, key="KEY-1")):
            assert store.claim(claim, LEASE_S) is None

    def test_a_freed_claim_may_be_made_again(self, store: AnswerStore) -> None:
        """By anybody, with any content."""
        store.claim(FIRST, LEASE_S)
        store.free(FIRST)
        assert store.claim(replace(TWIN, fingerprint="c" * 64), LEASE_S) is None

    def test_freeing_touches_neither_answers_nor_other_owners(self, store: AnswerStore) -> None:
        """Only one's own unanswered claim."""
        store.claim(FIRST, LEASE_S)
        store.free(TWIN)
        with pytest.raises(KeyRunningError):
            store.claim(TWIN, LEASE_S)
        with store.unit(FIRST, True) as unit:
            unit.save(ANSWER)
        store.free(FIRST)
        assert store.claim(TWIN, LEASE_S) is not None

    def test_a_unit_that_fails_keeps_nothing(self, store: AnswerStore) -> None:
        """The answer saved before the failure is gone with it."""
        store.claim(FIRST, LEASE_S)
        with pytest.raises(ZeroDivisionError), store.unit(FIRST, True) as unit:
            unit.save(ANSWER)
            raise ZeroDivisionError
        store.free(FIRST)
        assert store.claim(TWIN, LEASE_S) is None

    def test_a_long_key_and_route_fit(self, store: AnswerStore) -> None:
        """255 characters of key."""
        claim = replace(FIRST, key="k" * 255, route="POST /" + "r" * 150)
        self.answer(store, claim)
        assert store.claim(replace(claim, owner="x"), LEASE_S) is not None
