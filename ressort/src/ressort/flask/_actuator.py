"""The thin way from Flask to `ressort.actuator`: three rules and a translation."""

from __future__ import annotations

from collections.abc import Iterator

import flask

from ressort.actuator import Actuator, WebRequest
from ressort.actuator.endpoints.contexts import Route
from ressort.flask.request_scope import URI_KEY, uri_template

_ALL_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def install_actuator(app: flask.Flask, actuator: Actuator, probe_paths: bool = False) -> None:
    """Answer everything below the base path with the actuator; `/livez` and `/readyz` when asked for."""
    base = actuator.options.base_path.rstrip("/")

    def below(rest: str = "") -> flask.Response:
        return _answer(actuator, base, tuple(part for part in rest.split("/") if part))

    for number, rule in enumerate((base, base + "/", base + "/<path:rest>")):
        if rule:
            _rule(app, rule, f"ressort-actuator-{number}", below)
    if probe_paths:
        for path, group in (("/livez", "liveness"), ("/readyz", "readiness")):
            _rule(app, path, f"ressort{path}", _probe(actuator, base, group))


def routes_of(app: flask.Flask) -> Iterator[Route]:
    """The application's routes as /actuator/mappings shows them."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions.get(rule.endpoint)
        name = f"{getattr(view, '__module__', '')}.{getattr(view, '__qualname__', rule.endpoint)}"
        yield Route(uri_template(rule.rule, "200"), tuple(sorted(rule.methods or ())), name)


def _rule(app: flask.Flask, rule: str, endpoint: str, view: object) -> None:
    app.add_url_rule(
        rule,
        endpoint,
        view,  # type: ignore[arg-type]
        methods=_ALL_METHODS,
        provide_automatic_options=False,
    )


def _probe(actuator: Actuator, base: str, group: str) -> object:
    def probe() -> flask.Response:
        return _answer(actuator, base, ("health", group))

    return probe


def _answer(actuator: Actuator, base: str, segments: tuple[str, ...]) -> flask.Response:
    request = flask.request
    answer = actuator.answer(
        WebRequest(
            request.method,
            segments,
            request.url_root.rstrip("/") + base,
            {key: tuple(values) for key, values in request.args.lists()},
            request.headers.get("Accept", ""),
            request.headers.get("Content-Type", ""),
            request.get_data(),
        )
    )
    if answer.status != 404:
        request.environ[URI_KEY] = _template(base, segments)
    response = flask.Response(answer.body, answer.status)
    response.headers.pop("Content-Type", None)
    response.headers.extend(dict(answer.headers))
    return response


def _template(base: str, segments: tuple[str, ...]) -> str:
    if not segments:
        return base or "/"
    return f"{base}/{segments[0]}" + ("/{*path}" if len(segments) > 1 else "")
