"""``/explain`` and ``/diff``: which file, line, commit and document won, and what differs between two labels."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from config_server.application.find_environment import FindEnvironment
from config_server.domain.answer import EnvironmentAnswer
from config_server.domain.errors import InvalidRequestError
from config_server.domain.explanation import differences, explanation, known_keys
from config_server.domain.question import Question, checked_question


def explaining_routes(find: FindEnvironment, prefix: str = "") -> Blueprint:
    """The routes, below ``spring.cloud.config.server.prefix``; no application may be called `explain` or `diff`."""
    routes = Blueprint("explaining", __name__, url_prefix=prefix or None)

    @routes.get("/explain/<name>/<profiles>")
    @routes.get("/explain/<name>/<profiles>/<label>")
    def explain(name: str, profiles: str, label: str | None = None) -> ResponseReturnValue:
        """One key, or without ``?key=`` every key there is."""
        answer = _answer(find, checked_question(name, profiles, label))
        key = request.args.get("key")
        if key is not None:
            return jsonify({**_asked(answer), **explanation(answer, key)})
        return jsonify({**_asked(answer), "keys": [explanation(answer, each) for each in known_keys(answer)]})

    @routes.get("/diff/<name>/<profiles>")
    def diff(name: str, profiles: str) -> ResponseReturnValue:
        """What becomes of the merged configuration from one label to another; the default one where none is given."""
        before, after = (
            _answer(find, checked_question(name, profiles, request.args.get(side) or None))
            for side in ("from", "to")
        )
        if before.label is None and after.label is None:
            raise InvalidRequestError("say which labels: ?from= and ?to= (one of them may be left out)")
        return jsonify(
            {
                "name": before.name,
                "profiles": [before.profiles_text],
                "from": {"label": before.label, "version": before.version},
                "to": {"label": after.label, "version": after.version},
                **differences(before, after),
            }
        )

    return routes


def _answer(find: FindEnvironment, question: Question) -> EnvironmentAnswer:
    return find.answer(question, find.snapshot(question))


def _asked(answer: EnvironmentAnswer) -> dict[str, Any]:
    return {
        "name": answer.name,
        "profiles": [answer.profiles_text],
        "label": answer.label,
        "version": answer.version,
    }
