"""Meters, their decaying maximum, and the Prometheus text."""

from __future__ import annotations

import logging

import pytest

from ressort.observability.log_events import count_log_events
from ressort.observability.metrics import MeterRegistry
from ressort.observability.pools import register_pool_metrics


class _Ticks:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_same_name_and_tags_are_one_meter() -> None:
    """Asking twice counts in one place."""
    registry = MeterRegistry()
    registry.counter("mails.sent", name="a").increment()
    registry.counter("mails.sent", name="a").increment(2)
    assert 'mails_sent_total{name="a"} 3.0' in registry.scrape()


def test_a_name_cannot_be_two_kinds() -> None:
    """A counter is no timer."""
    registry = MeterRegistry()
    registry.counter("x")
    with pytest.raises(ValueError, match="already a counter"):
        registry.timer("x")


def test_a_counter_never_goes_down() -> None:
    """Negative increments are a fault of the caller."""
    with pytest.raises(ValueError, match="cannot go down"):
        MeterRegistry().counter("x").increment(-1)


def test_a_timer_shows_count_sum_and_max_in_seconds() -> None:
    """Three samples, the maximum being a gauge family of its own."""
    registry = MeterRegistry({"application": "a"})
    registry.timer("http.server.requests", "Time", uri="/x").record(0.5)
    text = registry.scrape()
    assert "# TYPE http_server_requests_seconds summary" in text
    assert 'http_server_requests_seconds_count{application="a",uri="/x"} 1.0' in text
    assert 'http_server_requests_seconds_sum{application="a",uri="/x"} 0.5' in text
    assert "# TYPE http_server_requests_seconds_max gauge" in text
    assert 'http_server_requests_seconds_max{application="a",uri="/x"} 0.5' in text


def test_the_maximum_decays_after_three_minutes() -> None:
    """A peak is shown for two to three minutes, then forgotten."""
    ticks = _Ticks()
    timer = MeterRegistry(monotonic=ticks).timer("t")
    timer.record(9)
    ticks.now = 119
    assert timer.max == 9
    ticks.now = 181
    assert timer.max == 0


def test_a_newer_smaller_peak_outlives_an_older_greater_one() -> None:
    """Each minute keeps its own."""
    ticks = _Ticks()
    timer = MeterRegistry(monotonic=ticks).timer("t")
    timer.record(9)
    ticks.now = 100
    timer.record(4)
    assert timer.max == 9
    ticks.now = 200
    assert timer.max == 4


def test_histogram_buckets_are_cumulative() -> None:
    """Each bound counts everything below it, the last one all."""
    registry = MeterRegistry(buckets={"http": (0.1, 1.0)})
    timer = registry.timer("http.server.requests")
    for amount in (0.05, 0.1, 0.5, 7):
        timer.record(amount)
    text = registry.scrape()
    assert "# TYPE http_server_requests_seconds histogram" in text
    assert 'http_server_requests_seconds_bucket{le="0.1"} 2.0' in text
    assert 'http_server_requests_seconds_bucket{le="1.0"} 3.0' in text
    assert 'http_server_requests_seconds_bucket{le="+Inf"} 4.0' in text


def test_units_and_hostile_labels_are_written_safely() -> None:
    """Units become suffixes; quotes, backslashes and line feeds are escaped."""
    registry = MeterRegistry()
    registry.gauge("disk.free", lambda: 12, base_unit="bytes", path='a"b\\c\nd')
    assert 'disk_free_bytes{path="a\\"b\\\\c\\nd"} 12.0' in registry.scrape()


def test_a_broken_gauge_is_nan_and_hides_nothing_else() -> None:
    """The scrape goes on."""
    registry = MeterRegistry()
    registry.gauge("broken", lambda: 1 / 0)
    registry.counter("fine").increment()
    text = registry.scrape()
    assert "broken NaN" in text
    assert "fine_total 1.0" in text


def test_a_gauge_registered_again_reads_the_newer_function() -> None:
    """A reopened pool replaces the old one."""
    registry = MeterRegistry()
    registry.gauge("pool", lambda: 1)
    registry.gauge("pool", lambda: 2)
    assert "pool 2.0" in registry.scrape()


def test_a_switched_off_prefix_is_not_shown() -> None:
    """`management.metrics.enable.jvm=false`."""
    registry = MeterRegistry(disabled=["jvm"])
    registry.gauge("jvm.memory.used", lambda: 1)
    assert registry.scrape().strip() == ""


def test_openmetrics_names_the_counter_family_without_total() -> None:
    """And ends with EOF."""
    registry = MeterRegistry()
    registry.counter("mails.sent", "Mails").increment()
    text = registry.scrape(openmetrics=True)
    assert "# TYPE mails_sent counter" in text
    assert "mails_sent_total 1.0" in text
    assert text.endswith("# EOF\n")


def test_included_names_filter_families() -> None:
    """Only the family of the sample asked for."""
    registry = MeterRegistry()
    registry.counter("a").increment()
    registry.timer("b").record(1)
    assert "a_total" not in registry.scrape(names=["b_seconds_count"])


def test_log_lines_are_counted_by_level() -> None:
    """FATAL counts as error; counting again replaces the former counter."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    registry = MeterRegistry()
    try:
        count_log_events(MeterRegistry())
        count_log_events(registry)
        logging.getLogger("test.counted").error("x")
        logging.getLogger("test.counted").critical("x")
    finally:
        root.handlers[:] = handlers
    assert 'logback_events_total{level="error"} 2.0' in registry.scrape()


def test_a_pool_that_counts_is_shown_and_another_registers_nothing() -> None:
    """HikariCP's names."""

    class Pool:
        _max_overflow = 0

        def checkedout(self) -> int:
            return 2

        def checkedin(self) -> int:
            return 1

        def size(self) -> int:
            return 10

    registry = MeterRegistry()
    register_pool_metrics(registry, object(), "HikariPool-1", "dataSource")
    assert registry.meters() == []
    register_pool_metrics(registry, Pool(), "HikariPool-1", "dataSource")
    text = registry.scrape()
    assert 'hikaricp_connections_active{pool="HikariPool-1"} 2.0' in text
    assert 'hikaricp_connections{pool="HikariPool-1"} 3.0' in text
    assert 'jdbc_connections_max{name="dataSource"} 10.0' in text
