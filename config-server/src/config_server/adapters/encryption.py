"""``/encrypt``, ``/decrypt``, ``/encrypt/status`` and ``/key`` (config-server facts, 1.6)."""

from __future__ import annotations

import base64
import binascii
from http import HTTPStatus
from urllib.parse import unquote_plus

from flask import Blueprint, Response, abort, json, request

from config_server.domain.question import checked_question
from ressort.crypto import (
    MARK,
    CannotDecryptError,
    Encryptors,
    KeyFormatError,
    TextEncryptor,
    split_prefixes,
)

_FORM = "application/x-www-form-urlencoded"
_NOT_OURS = "Text not encrypted with this key"


class _RefusedError(Exception):
    def __init__(self, status: HTTPStatus, code: str, description: str) -> None:
        self.status = status
        self.body = {"status": code, "description": description}
        super().__init__(description)


def encryption_routes(encryptors: Encryptors | None, prefix: str = "") -> Blueprint:
    """The routes below ``prefix``; all but the checks of names answer 404 ``NO_KEY`` without a key."""
    routes = Blueprint("encryption", __name__, url_prefix=prefix or None)

    @routes.post("/encrypt")
    @routes.post("/encrypt/<name>/<profiles>")
    def encrypt(name: str = "", profiles: str = "") -> Response:
        """The cipher, behind the prefixes that chose its key."""
        _check(name, profiles)
        asked = split_prefixes(_body(cipher=False))
        encryptor = _located(encryptors, asked.keys, "no such key: ")
        return _text(asked.written + encryptor.encrypt(asked.text))

    @routes.post("/decrypt")
    @routes.post("/decrypt/<name>/<profiles>")
    def decrypt(name: str = "", profiles: str = "") -> Response:
        """The text of a cipher, with or without its mark."""
        _check(name, profiles)
        asked = split_prefixes(_body(cipher=True).removeprefix(MARK))
        encryptor = _located(encryptors, asked.keys)
        if not encryptor.can_decrypt:
            raise _RefusedError(
                HTTPStatus.BAD_REQUEST, "BAD_REQUEST", "Server-side decryption is not supported"
            )
        try:
            return _text(encryptor.decrypt(asked.text))
        except CannotDecryptError as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, "INVALID", _NOT_OURS) from error

    @routes.get("/encrypt/status")
    def status() -> Response:
        """Whether there is a key."""
        _located(encryptors, {})
        return _json({"status": "OK"})

    @routes.get("/key")
    @routes.get("/key/<name>/<profiles>")
    def key(name: str = "", profiles: str = "") -> Response:
        """The public key, to encrypt elsewhere."""
        _check(name, profiles)
        public = encryptors.locate({}).public_key if encryptors is not None else None
        if public is None:
            raise _RefusedError(HTTPStatus.NOT_FOUND, "NOT_FOUND", "No public key available")
        return _text(f"{public} application")

    @routes.errorhandler(_RefusedError)
    def refused(error: _RefusedError) -> Response:
        return _json(error.body, error.status)

    return routes


def _check(name: str, profiles: str) -> None:
    """Raises InvalidRequestError for a name or profile that no application can have."""
    if name:
        checked_question(name, profiles, None)


def _located(encryptors: Encryptors | None, keys: dict[str, str], unknown: str = "") -> TextEncryptor:
    if encryptors is None:
        raise _RefusedError(HTTPStatus.NOT_FOUND, "NO_KEY", "No key was installed for encryption service")
    try:
        return encryptors.locate(keys)
    except KeyFormatError as error:
        told = f"{unknown}{error}" if unknown else "Server-side decryption is not supported"
        raise _RefusedError(HTTPStatus.BAD_REQUEST, "BAD_REQUEST", told) from error


def _body(*, cipher: bool) -> str:
    """The text that is meant: forms, which ``curl -d`` sends, say ``text=`` or nothing but ``text``.

    A servlet container puts the equals sign there; Spring takes it away again, and so do we.
    """
    if not request.content_type:
        abort(HTTPStatus.BAD_REQUEST)
    try:
        data = request.get_data().decode()
    except UnicodeDecodeError:
        abort(HTTPStatus.BAD_REQUEST)
    if request.mimetype == _FORM and "=" not in data:
        data += "="
    if request.mimetype == "text/plain" or not data.endswith("="):
        return data
    decoded = unquote_plus(data)
    if not cipher:
        return decoded[:-1]
    decoded = decoded.replace(" ", "+")
    return decoded[:-1] if len(decoded) % 2 and _is_cipher(decoded[:-1]) else decoded


def _is_cipher(text: str) -> bool:
    """Whether a text without its last character is whole hexadecimal or Base64."""
    try:
        bytes.fromhex(text)
    except ValueError:
        try:
            base64.b64decode(split_prefixes(text.removeprefix(MARK)).text, validate=True)
        except (ValueError, binascii.Error):
            return False
    return True


def _text(text: str) -> Response:
    return Response(text, content_type="text/plain;charset=UTF-8")


def _json(content: dict[str, str], status: HTTPStatus = HTTPStatus.OK) -> Response:
    return Response(
        json.dumps(content, separators=(",", ":")), status=status, content_type="application/json"
    )
