"""`server.forward-headers-strategy=framework`: addresses as the caller behind a gateway sees them."""

from __future__ import annotations

import flask
from werkzeug.middleware.proxy_fix import ProxyFix


def honour_forwarded_headers(app: flask.Flask) -> None:
    """Trusts X-Forwarded-For, -Proto, -Host, -Port and -Prefix of the nearest proxy.

    Only for services that a gateway stands in front of: anybody who reaches the port may set them.
    """
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1, x_port=1, x_prefix=1)  # type: ignore[method-assign]
