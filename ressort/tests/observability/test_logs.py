"""Log lines and levels."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ressort.observability import levels, logs, tracing
from ressort.observability._structured import UnknownLogFormatError, structured_formatter


class _Env:
    def __init__(self, **values: Any) -> None:
        self._values = values

    def get(self, key: str, default: Any = None, as_type: type = str) -> Any:
        return self._values.get(key, default)

    def section(self, prefix: str) -> dict[str, Any]:
        return dict(self._values.get(prefix, {}))


@pytest.fixture(autouse=True)
def _root_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def _record(message: str = "hello", error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("app.part", logging.WARNING, __file__, 1, message, (), info)


def test_the_text_line_is_springs_with_the_trace_at_hand() -> None:
    """Timestamp with zone, padded level, pid, application, thread, trace and span, logger, message."""
    context = tracing.start()
    with tracing.scope(context):
        line = logs.SpringFormatter("facture-service").format(_record())
    assert re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d  WARN \d+ --- ", line)
    assert f"[facture-service] [           main] [{context.trace_id}-{context.span_id}] app.part" in line
    assert line.endswith(": hello")


def test_without_a_trace_the_column_stays() -> None:
    """Columns stay aligned."""
    assert f"[{' ' * 49}]" in logs.SpringFormatter("a").format(_record())


def test_ecs_is_one_json_object_with_error_and_trace() -> None:
    """Elastic's names, and Spring's at the root."""
    context = tracing.start()
    try:
        raise ValueError("wrong")
    except ValueError as error:
        record = _record("line\nbreak", error)
    with tracing.scope(context):
        text = structured_formatter("ecs", "a", "1").format(record)
    line = json.loads(text)
    assert "\n" not in text
    assert line["log"] == {"level": "WARN", "logger": "app.part"}
    assert line["traceId"] == line["trace"]["id"] == context.trace_id
    assert line["error"]["type"] == "ValueError"
    assert "Traceback" in line["error"]["stack_trace"]


def test_logstash_has_level_value() -> None:
    """The flat form."""
    line = json.loads(structured_formatter("logstash", "a", "1").format(_record()))
    assert (line["level"], line["level_value"], line["message"]) == ("WARN", 30000, "hello")


def test_an_unknown_format_is_named() -> None:
    """A typo is told, not ignored."""
    with pytest.raises(UnknownLogFormatError, match="choose ecs or logstash"):
        structured_formatter("xml", "a", "1")


def test_configured_levels_and_groups_apply() -> None:
    """`logging.level.sql=debug` sets the members of the group."""
    logs.apply_levels(_Env(**{"logging.level": {"sql": "debug", "test": {"quiet": "off"}}}))
    assert levels.levels_of("sqlalchemy.engine").configured == "DEBUG"
    assert levels.levels_of("test.quiet").configured == "OFF"
    levels.set_level("sqlalchemy.engine", None)


def test_configure_twice_writes_once() -> None:
    """A refresh replaces the handler."""
    env = _Env()
    logs.configure(env)
    logs.configure(env)
    assert sum(getattr(h, "ressort", False) for h in logging.getLogger().handlers) == 1


def test_clearing_one_logger_touches_no_other() -> None:
    """OFF and clear are local, never `logging.disable`."""
    levels.set_level("test.a", "off")
    levels.set_level("test.a", None)
    assert levels.levels_of("test.a").configured is None
    assert logging.getLogger("test.b").isEnabledFor(logging.ERROR)


def test_an_unknown_level_is_refused() -> None:
    """With the ones there are."""
    with pytest.raises(levels.UnknownLevelError, match="OFF, FATAL"):
        levels.set_level("test.a", "loud")


def test_implied_parents_are_known() -> None:
    """`a.b.c` implies `a.b` and `a`."""
    logging.getLogger("implied.parent.child")
    assert {"implied", "implied.parent", "implied.parent.child"} <= set(levels.logger_names())
