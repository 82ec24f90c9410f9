"""`/actuator/mappings` and `/actuator/scheduledtasks`, in Spring's nesting."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ressort.actuator.endpoint import Call, Endpoint


@dataclass(frozen=True, slots=True)
class Route:
    """One route of the application: a template such as `/factures/{id}`, and who answers it."""

    pattern: str
    methods: tuple[str, ...]
    handler: str
    consumes: tuple[str, ...] = ()
    produces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduledTask:
    """One cron task with its next fire time (None when it will not fire)."""

    target: str
    expression: str
    next_execution: datetime | None = None
    last_execution: Mapping[str, Any] | None = None


def mappings_endpoint(application: str, routes: Callable[[], Iterable[Route]]) -> Endpoint:
    """Routes in the block Spring Boot Admin renders."""

    def read(_: Call) -> dict[str, Any]:
        block = {
            "dispatcherServlets": {"dispatcherServlet": [_mapping(route) for route in routes()]},
            "servletFilters": [],
            "servlets": [],
        }
        return {"contexts": {application: {"mappings": block, "parentId": None}}}

    return Endpoint("mappings", read=read)


def scheduledtasks_endpoint(tasks: Callable[[], Iterable[ScheduledTask]]) -> Endpoint:
    """Cron tasks with their next and last execution."""

    def read(_: Call) -> dict[str, Any]:
        return {"cron": [_task(t) for t in tasks()], "fixedDelay": [], "fixedRate": [], "custom": []}

    return Endpoint("scheduledtasks", read=read)


def _mapping(route: Route) -> dict[str, Any]:
    methods = list(route.methods)
    module, _, name = route.handler.rpartition(".")
    media = {
        "consumes": [{"mediaType": m, "negated": False} for m in route.consumes],
        "produces": [{"mediaType": m, "negated": False} for m in route.produces],
    }
    return {
        "handler": route.handler,
        "predicate": f"{{{' || '.join(methods)} [{route.pattern}]}}",
        "details": {
            "handlerMethod": {"className": module, "name": name, "descriptor": ""},
            "requestMappingConditions": {
                **media,
                "headers": [],
                "methods": methods,
                "params": [],
                "patterns": [route.pattern],
            },
        },
    }


def _task(task: ScheduledTask) -> dict[str, Any]:
    shown: dict[str, Any] = {"runnable": {"target": task.target}, "expression": task.expression}
    if task.next_execution is not None:
        shown["nextExecution"] = {"time": task.next_execution.isoformat()}
    if task.last_execution is not None:
        shown["lastExecution"] = dict(task.last_execution)
    return shown
