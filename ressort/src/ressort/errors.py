"""The one base of every error this library raises on purpose."""

from __future__ import annotations


class RessortError(Exception):
    """A fact the caller or the operator can act upon; its text is one sentence naming the values needed.

    The starter prints it without a stack trace and ends the process with code 1, so that a wrong
    setting or a taken port costs its reader one line.
    """


class StartError(RessortError):
    """A component could not start; the process ends after stopping what had already started."""
