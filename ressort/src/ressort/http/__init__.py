"""Declarative HTTP clients of other services, in the manner of OpenFeign."""

from ressort.http._memory import InProcessTransport
from ressort.http.client import ClientFactory
from ressort.http.declarations import (
    Body,
    Header,
    Query,
    delete,
    exchange,
    feign_client,
    get,
    patch,
    post,
    put,
)
from ressort.http.decoding import NOT_PROCESSED, Response
from ressort.http.errors import HttpClientError, RemoteError, UnavailableError, UnreadableAnswerError
from ressort.http.options import ClientOptions
from ressort.http.transport import Exchange, Reply, Transport, TransportError

__all__ = [
    "NOT_PROCESSED",
    "Body",
    "ClientFactory",
    "ClientOptions",
    "Exchange",
    "Header",
    "HttpClientError",
    "InProcessTransport",
    "Query",
    "RemoteError",
    "Reply",
    "Response",
    "Transport",
    "TransportError",
    "UnavailableError",
    "UnreadableAnswerError",
    "delete",
    "exchange",
    "feign_client",
    "get",
    "patch",
    "post",
    "put",
]
