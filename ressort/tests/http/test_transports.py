"""Both transports pass the same suite."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from ressort.http import InProcessTransport, Transport
from ressort.http._requests import RequestsTransport
from ressort.testing.transport_conformance import TransportConformance, echo_app


class TestInProcess(TransportConformance):
    """WSGI applications in the same process."""

    @pytest.fixture
    def transport(self) -> Transport:
        return InProcessTransport({"127.0.0.1:8081": echo_app})

    @pytest.fixture
    def base_url(self) -> str:
        return "http://127.0.0.1:8081"

    @pytest.fixture
    def nowhere(self) -> str:
        return "http://127.0.0.1:9"


class TestRequests(TransportConformance):
    """The pooled one, against a real server."""

    @pytest.fixture
    def transport(self) -> Iterator[Transport]:
        transport = RequestsTransport()
        yield transport
        transport.close()

    @pytest.fixture
    def base_url(self) -> Iterator[str]:
        server = make_server("127.0.0.1", 0, echo_app, threaded=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        server.server_close()

    @pytest.fixture
    def nowhere(self) -> str:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            return f"http://127.0.0.1:{listener.getsockname()[1]}"
