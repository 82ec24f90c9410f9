"""RequestRateLimiter, Retry and CircuitBreaker as a client and an upstream see them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from gateway.routes.components import DefinitionError
from ressort.resilience import CircuitBreakerOptions
from ressort.server import Exchange


def get(target: bytes, *lines: bytes, method: bytes = b"GET") -> bytes:
    return b"\r\n".join((method + b" " + target + b" HTTP/1.1", b"Host: front.example", *lines, b"", b""))


def route(port: int, filters: str, pattern: str = "/**") -> str:
    return f"""
- id: r
  uri: http://127.0.0.1:{port}
  predicates: ["Path={pattern}"]
  filters: {filters}
"""


class TestRateLimiter:
    """The token bucket of Spring's vectors."""

    LIMIT = (
        "[{name: RequestRateLimiter, args: {key-resolver: '#{@remoteAddressKeyResolver}',"
        " redis-rate-limiter.replenishRate: 1, redis-rate-limiter.burstCapacity: 3}}]"
    )

    def test_beyond_the_burst_is_429(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """Every answer tells what is left; a refused one when to come back, and does not reach the upstream."""
        up = upstream()
        gw = gateway(route(up.port, self.LIMIT))
        client = connect(gw)
        for left in (b"2", b"1", b"0"):
            status, headers, _ = client.send(get(b"/x")).answer()
            assert (status, headers[b"x-ratelimit-remaining"]) == (200, left)
        status, headers, body = client.send(get(b"/x")).answer()
        assert (status, body) == (429, b"")
        assert headers[b"x-ratelimit-replenish-rate"] == b"1"
        assert headers[b"x-ratelimit-burst-capacity"] == b"3"
        assert headers[b"x-ratelimit-requested-tokens"] == b"1"
        assert headers[b"retry-after"] == b"1"
        assert len(up.seen) == 3

    def test_a_reload_keeps_the_buckets(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """Changing routes does not hand out new tokens."""
        up = upstream()
        gw = gateway(route(up.port, self.LIMIT))
        client = connect(gw)
        for _ in range(3):
            client.send(get(b"/x")).answer()
        gw.reload(route(up.port, self.LIMIT))
        assert client.send(get(b"/x")).answer()[0] == 429

    def test_nobody_is_403(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """The default resolver asks for a user; without one the request is refused with 403."""
        up = upstream()
        limit = "[{name: RequestRateLimiter, args: {redis-rate-limiter.replenishRate: 1}}]"
        assert connect(gateway(route(up.port, limit))).send(get(b"/x")).answer()[0] == 403
        open_limit = limit.replace("Rate: 1", "Rate: 1, deny-empty-key: false")
        assert connect(gateway(route(up.port, open_limit))).send(get(b"/x")).answer()[0] == 200

    def test_the_bucket_refills_with_time(self) -> None:
        """Spring's vectors: rate 1, capacity 10."""
        from gateway.filters.limiter import Bucket, Limit

        bucket = Bucket(10, 0.0)
        assert bucket.take(Limit(1, 10, 1), 0.0) == (True, 9)
        bucket = Bucket(10, 0.0)
        assert bucket.take(Limit(1, 10, 5), 0.0) == (True, 5)
        assert bucket.take(Limit(1, 10, 5), 3.0) == (True, 3)
        bucket = Bucket(10, 0.0)
        assert bucket.take(Limit(1, 10, 20), 0.0) == (False, 10)

    def test_an_unknown_resolver_is_named(self, gateway: Any) -> None:
        """No expression is ever evaluated."""
        with pytest.raises(DefinitionError, match=r"did you mean 'remoteAddressKeyResolver'"):
            gateway(route(1, self.LIMIT.replace("@remoteAddress", "@remoteAdress")))
        with pytest.raises(DefinitionError, match="is not evaluated"):
            gateway(route(1, self.LIMIT.replace("#{@remoteAddressKeyResolver}", "#{T(java.lang.Runtime)}")))


class TestRetry:
    """Attempts, statuses, methods and bodies."""

    @staticmethod
    def failing(times: int, status: int = 503) -> Any:
        left = [times]

        def answer(exchange: Exchange) -> bool:
            if left[0] > 0 and exchange.complete:
                left[0] -= 1
                exchange.respond(status, None, b"bad")
                return True
            return False

        return answer

    def test_a_server_error_is_tried_again(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """By default three times, for GET."""
        up = upstream(answer=self.failing(3))
        assert connect(gateway(route(up.port, "[Retry]"))).send(get(b"/x")).answer()[2] == b"up"
        assert len(up.seen) == 4

    def test_the_last_answer_is_relayed(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """When every attempt failed the client sees the upstream's own answer."""
        up = upstream(answer=self.failing(100))
        status, _, body = connect(gateway(route(up.port, "[Retry=2]"))).send(get(b"/x")).answer()
        assert (status, body, len(up.seen)) == (503, b"bad", 3)

    def test_only_listed_methods(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """POST is not repeated unless listed."""
        up = upstream(answer=self.failing(100))
        request = get(b"/x", b"Content-Length: 0", method=b"POST")
        assert connect(gateway(route(up.port, "[Retry]"))).send(request).answer()[0] == 503
        assert len(up.seen) == 1

    def test_only_listed_statuses(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """With an empty series the statuses alone decide."""
        retry = "[{name: Retry, args: {retries: 2, statuses: BAD_GATEWAY, series: ''}}]"
        up = upstream(answer=self.failing(100))
        assert connect(gateway(route(up.port, retry))).send(get(b"/x")).answer()[0] == 503
        assert len(up.seen) == 1

    def test_a_refused_connection_is_tried_again(self, gateway: Any, connect: Any, free_port: int) -> None:
        """IO errors count too; exhausted, the failure's own status remains."""
        started = time.monotonic()
        gw = gateway(route(free_port, "['Retry=3,INTERNAL_SERVER_ERROR,GET,10ms,50ms,2,false']"))
        assert connect(gw).send(get(b"/x")).answer()[0] == 502
        assert time.monotonic() - started >= 0.05

    def test_a_body_is_sent_again_when_small_enough(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """A bounded body is replayed whole; a larger one is relayed once."""

        class Refuse:
            def __init__(self) -> None:
                self.bodies: list[int] = []

            def __call__(self, exchange: Exchange) -> bool:
                if len(self.bodies) < 1:
                    exchange.attach(_Refusing(exchange, self.bodies))
                    return True
                return False

        up = upstream(answer=Refuse())
        retry = "[{name: Retry, args: {retries: 1, methods: 'PUT', statuses: SERVICE_UNAVAILABLE}}]"
        body = b"a" * 20_000
        request = get(b"/x", b"Content-Length: 20000", method=b"PUT") + body
        assert connect(gateway(route(up.port, retry))).send(request).answer()[2] == body
        up = upstream(answer=Refuse())
        request = get(b"/x", b"Content-Length: 1000000", method=b"PUT") + b"a" * 1_000_000
        assert connect(gateway(route(up.port, retry))).send(request).answer()[0] == 503

    def test_filters_behind_retry_run_afresh(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """A repeated attempt starts from the request as it was at the Retry filter."""
        up = upstream(answer=self.failing(1))
        gw = gateway(route(up.port, "[Retry, StripPrefix=1, 'AddRequestHeader=X-A, b']"))
        assert connect(gw).send(get(b"/a/b")).answer()[1][b"x-target"] == b"/b"
        assert up.header(b"x-a") == b"b"

    def test_the_timeout_bounds_the_phase(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """A pause that would cross it ends with 500 and no further call."""
        up = upstream(answer=self.failing(100))
        retry = "['Retry=5,INTERNAL_SERVER_ERROR,GET,1000ms,1000ms,2,false,0,100ms']"
        assert connect(gateway(route(up.port, retry))).send(get(b"/x")).answer()[0] == 500
        assert len(up.seen) == 1


class _Refusing:
    def __init__(self, exchange: Exchange, bodies: list[int]) -> None:
        self.exchange, self.bodies, self.size = exchange, bodies, 0

    def on_body(self, data: bytes) -> None:
        self.size += len(data)

    def on_body_end(self) -> None:
        self.bodies.append(self.size)
        self.exchange.respond(503)

    def on_lost(self) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...


class TestCircuitBreaker:
    """Counting, opening, falling back."""

    QUICK = CircuitBreakerOptions(
        sliding_window_size=2, minimum_number_of_calls=2, wait_duration_in_open_state_s=60
    )

    def test_it_opens_and_answers_503(self, gateway: Any, connect: Any, free_port: int) -> None:
        """After enough failures the upstream is not asked any more."""
        gw = gateway(route(free_port, "[CircuitBreaker=cb]"), breaker=self.QUICK)
        client = connect(gw)
        assert client.send(get(b"/x")).answer()[0] == 502
        assert client.send(get(b"/x")).answer()[0] == 502
        status, headers, _ = client.send(get(b"/x")).answer()
        assert (status, headers[b"retry-after"]) == (503, b"2")
        assert gw.services.breakers.get("cb").state == "OPEN"

    def test_statuses_may_count(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """Listed statuses are failures; without fallback they are relayed."""
        up = upstream(answer=TestRetry.failing(100, 500))
        breaker = "[{name: CircuitBreaker, args: {name: cb, statusCodes: [500, BAD_GATEWAY]}}]"
        gw = gateway(route(up.port, breaker), breaker=self.QUICK)
        client = connect(gw)
        assert [client.send(get(b"/x")).answer()[0] for _ in range(3)] == [500, 500, 503]

    def test_success_keeps_it_closed(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """Good answers are counted as such."""
        up = upstream()
        gw = gateway(route(up.port, "[CircuitBreaker=cb]"), breaker=self.QUICK)
        client = connect(gw)
        assert [client.send(get(b"/x")).answer()[0] for _ in range(5)] == [200] * 5
        assert gw.services.breakers.get("cb").figures().calls == 2

    def test_fallback_to_a_handler_of_the_gateway(self, gateway: Any, connect: Any, free_port: int) -> None:
        """``forward:/unavailable`` answers a problem document."""
        from gateway.problems import UNAVAILABLE, Problems

        breaker = "[{name: CircuitBreaker, args: {name: cb, fallbackUri: 'forward:/unavailable'}}]"
        gw = gateway(route(free_port, breaker), local={UNAVAILABLE: Problems("fr").unavailable})
        status, headers, body = connect(gw).send(get(b"/x")).answer()
        assert (status, headers[b"content-type"]) == (503, b"application/problem+json")
        assert (headers[b"x-degraded"], headers[b"retry-after"]) == (b"r", b"2")
        assert b'"code":"service-indisponible"' in body
        assert b'"service":"r"' in body

    def test_a_late_answer_falls_back_to_504(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """What may have been done is not called unavailable."""
        from gateway.problems import UNAVAILABLE, Problems

        up = upstream(answer=lambda exchange: True)
        breaker = "[{name: CircuitBreaker, args: {name: cb, fallbackUri: 'forward:/unavailable'}}]"
        gw = gateway(
            route(up.port, breaker) + "  metadata: {response-timeout: 200}\n",
            local={UNAVAILABLE: Problems("fr").unavailable},
        )
        status, headers, body = connect(gw).send(get(b"/x")).answer()
        assert status == 504
        assert (headers[b"x-degraded"], headers[b"retry-after"]) == (b"r", b"2")
        assert b'"code":"delai-depasse"' in body

    def test_a_last_route_may_lead_to_a_document(self, gateway: Any, connect: Any) -> None:
        """``uri: forward:/not-found``: a 404 in the form of the API's own errors."""
        from gateway.problems import NOT_FOUND, Problems

        gw = gateway(
            "[{id: rest, uri: 'forward:/not-found', order: 1000, predicates: ['Path=/api/**']}]",
            local={NOT_FOUND: Problems("fr").not_found},
        )
        status, headers, body = connect(gw).send(get(b"/api/nowhere")).answer()
        assert (status, headers[b"content-type"]) == (404, b"application/problem+json")
        assert b'"code":"ressource-introuvable"' in body
        assert b'"instance":"/api/nowhere"' in body

    def test_a_body_too_large_to_keep_still_falls_back_to_a_handler(
        self, gateway: Any, scripted: Any, connect: Any
    ) -> None:
        """The gateway's own handler needs no body; another route would, and is not tried."""
        from gateway.problems import UNAVAILABLE, Problems

        up = scripted(lambda accepted: accepted.recv(300_000))
        breaker = "[{name: CircuitBreaker, args: {name: cb, fallbackUri: 'forward:/unavailable'}}]"
        gw = gateway(route(up.port, breaker), local={UNAVAILABLE: Problems("fr").unavailable})
        client = connect(gw)
        client.send(get(b"/x", b"Content-Length: 10000000", method=b"POST") + bytes(400_000))
        assert client.answer()[0] == 503

    def test_a_missing_instance_opens_nothing(self, gateway: Any, connect: Any) -> None:
        """Nobody was called, so nothing is counted: the first instance to register is asked at once."""
        gw = gateway("[{id: r, uri: 'lb://orders', filters: ['CircuitBreaker=cb']}]", breaker=self.QUICK)
        client = connect(gw)
        assert [client.send(get(b"/x")).answer()[0] for _ in range(4)] == [503] * 4
        assert gw.services.breakers.get("cb").state == "CLOSED"

    def test_fallback_to_another_route(
        self, gateway: Any, upstream: Any, connect: Any, free_port: int
    ) -> None:
        """The fallback route gets the request with its body and query; captured variables expand."""
        up = upstream("spare")
        routes = f"""
- id: main
  uri: http://127.0.0.1:{free_port}
  predicates: ["Path=/a/{{v}}"]
  filters: [{{name: CircuitBreaker, args: {{name: cb, fallbackUri: "forward:/spare/{{v}}"}}}}]
- id: spare
  uri: http://127.0.0.1:{up.port}
  predicates: ["Path=/spare/**"]
"""
        client = connect(gateway(routes))
        status, headers, body = client.send(
            get(b"/a/b?q=1", b"Content-Length: 3", method=b"POST") + b"xyz"
        ).answer()
        assert (status, headers[b"x-target"], body) == (200, b"/spare/b?q=1", b"xyz")

    def test_fallback_on_a_status(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """A listed status is replaced by the fallback's answer."""
        up = upstream(answer=TestRetry.failing(100, 500))
        breaker = (
            "[{name: CircuitBreaker, args: {name: cb, statusCodes: 500, fallbackUri: 'forward:/other'}}]"
        )
        spare = upstream("spare")
        routes = route(up.port, breaker, "/x") + (
            f"- {{id: s, uri: 'http://127.0.0.1:{spare.port}', predicates: ['Path=/other']}}"
        )
        assert connect(gateway(routes)).send(get(b"/x")).answer()[2] == b"spare"

    def test_fallbacks_cannot_go_round_for_ever(self, gateway: Any, connect: Any, free_port: int) -> None:
        """A fallback that fails into itself ends."""
        breaker = "[{name: CircuitBreaker, args: {name: cb, fallbackUri: 'forward:/x'}}]"
        assert connect(gateway(route(free_port, breaker))).send(get(b"/x")).answer()[0] == 404

    def test_a_time_limit_is_504(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """Only where one is configured."""
        up = upstream(answer=lambda exchange: True)
        gw = gateway(route(up.port, "[CircuitBreaker=cb]"), time_limits={"cb": 0.2})
        assert connect(gw).send(get(b"/x")).answer()[0] == 504

    def test_a_client_that_leaves_is_no_failure(self, gateway: Any, upstream: Any, connect: Any) -> None:
        """Permits come back however a request ends."""
        up = upstream(answer=lambda exchange: True)
        gw = gateway(route(up.port, "[CircuitBreaker=cb]"), breaker=self.QUICK)
        for _ in range(3):
            client = connect(gw).send(get(b"/x"))
            seen = len(up.seen)
            while len(up.seen) == seen == 0:
                time.sleep(0.01)
            client.close()
        end = time.monotonic() + 5
        while len(gw.recorder.ended) < 3 and time.monotonic() < end:
            time.sleep(0.01)
        assert gw.services.breakers.get("cb").figures().calls == 0


def test_a_filter_that_fails_costs_its_own_request(gateway: Any, upstream: Any, connect: Any) -> None:
    """A fault in a filter of one's own is a 500 with Spring's body, and the gateway goes on."""
    from gateway.filters.built_in import built_in_filters
    from gateway.filters.model import CompiledFilter
    from gateway.proxy.engine import Rules
    from gateway.routes.compiler import RouteCompiler
    from gateway.routes.definitions import read_routes
    from gateway.routes.predicates import built_in_predicates

    def broken(component: Any, site: Any, services: Any) -> CompiledFilter:
        def pre(forward: Any) -> None:
            if forward.path == b"/bad":
                raise KeyError("on purpose")

        return CompiledFilter("[Broken]", pre=pre)

    up = upstream()
    gw = gateway("[]")
    filters = built_in_filters()
    filters.add("Broken", broken)
    compiler = RouteCompiler(built_in_predicates(), filters, gw.services, gw.options)
    routes = [{"id": "r", "uri": f"http://127.0.0.1:{up.port}", "filters": ["Broken"]}]
    gw.proxy.apply(Rules(compiler.table(read_routes(routes, "routes")), gw.options))
    client = connect(gw)
    time.sleep(0.1)
    status, _, body = client.send(get(b"/bad")).answer()
    assert status == 500
    assert b'"error":"Internal Server Error"' in body
    assert client.send(get(b"/good")).answer()[0] == 200
