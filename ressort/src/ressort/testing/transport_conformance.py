"""What every transport below declared clients must do: inherit the class, give its fixtures, run pytest.

class TestMine(TransportConformance):
    @pytest.fixture
    def transport(self):
        return MyTransport()

    @pytest.fixture
    def base_url(self, transport):
        ...  # where `echo_app`, a WSGI application, answers through this transport

    @pytest.fixture
    def nowhere(self):
        ...  # an address nobody listens on
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from ressort.http import Exchange, Transport, TransportError


def echo_app(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """Answers with what it was sent, as JSON; the status is that of the query's `status`."""
    query = environ.get("QUERY_STRING", "")
    status = query.removeprefix("status=") if query.startswith("status=") else "200"
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    seen = {
        "method": environ["REQUEST_METHOD"],
        "path": environ["PATH_INFO"].encode("latin-1").decode(),
        "query": query,
        "body": body.decode(),
        "x": environ.get("HTTP_X_ONE"),
        "type": environ.get("CONTENT_TYPE"),
    }
    data = json.dumps(seen).encode() if status != "204" else b""
    start(
        f"{status} Said",
        [("Content-Type", "application/json"), ("X-Two", "2"), ("Content-Length", str(len(data)))],
    )
    return [data]


class TransportConformance:
    """One exchange at a time, and many at once."""

    @pytest.fixture
    def transport(self) -> Transport:
        """The transport under test."""
        raise NotImplementedError

    @pytest.fixture
    def base_url(self) -> str:
        """Where `echo_app` answers."""
        raise NotImplementedError

    @pytest.fixture
    def nowhere(self) -> str:
        """An address that refuses."""
        raise NotImplementedError

    @staticmethod
    def exchange(
        base_url: str, method: str = "GET", target: str = "/", body: bytes | None = None
    ) -> Exchange:
        """An exchange with a header and ample time."""
        headers = {"X-One": "1", **({"Content-Type": "application/json"} if body else {})}
        return Exchange(method, base_url, target, headers, body, 5.0, 10.0)

    def test_everything_arrives(self, transport: Transport, base_url: str) -> None:
        """Method, decoded path, query, headers, body; status, headers and body back."""
        sent = self.exchange(base_url, "POST", "/a%20b/%C3%A9?q=1%2C2", b'{"n":1}')
        reply = transport.send(sent)
        assert reply.status == 200
        assert reply.headers.get("x-two") == reply.headers.get("X-Two") == "2"
        assert json.loads(reply.body) == {
            "method": "POST",
            "path": "/a b/é",
            "query": "q=1%2C2",
            "body": '{"n":1}',
            "x": "1",
            "type": "application/json",
        }

    def test_a_base_url_may_have_a_path(self, transport: Transport, base_url: str) -> None:
        """It stands before the target."""
        reply = transport.send(self.exchange(f"{base_url}/base", target="/x"))
        assert json.loads(reply.body)["path"] == "/base/x"

    @pytest.mark.parametrize("status", [204, 301, 404, 409, 500, 503])
    def test_every_status_is_an_answer(self, transport: Transport, base_url: str, status: int) -> None:
        """Redirects are not followed, errors not raised."""
        assert transport.send(self.exchange(base_url, target=f"/?status={status}")).status == status

    def test_a_refused_connection_was_not_sent(self, transport: Transport, nowhere: str) -> None:
        """And is no time-out."""
        with pytest.raises(TransportError) as raised:
            transport.send(self.exchange(nowhere))
        assert (raised.value.sent, raised.value.timeout) == (False, False)

    def test_threads_do_not_mix_answers(self, transport: Transport, base_url: str) -> None:
        """Six at once, ten each."""
        wrong: list[str] = []

        def work(k: int) -> None:
            for i in range(10):
                seen = json.loads(transport.send(self.exchange(base_url, target=f"/{k}-{i}")).body)
                if seen["path"] != f"/{k}-{i}":
                    wrong.append(seen["path"])

        threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert wrong == []

    def test_it_works_again_after_close(self, transport: Transport, base_url: str) -> None:
        """Closing gives up connections, not the transport."""
        transport.send(self.exchange(base_url))
        transport.close()
        assert transport.send(self.exchange(base_url)).status == 200
