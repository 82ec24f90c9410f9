"""The facts that end a question without an answer."""

from __future__ import annotations


class ConfigServerError(Exception):
    """Base of this member's errors."""


class InvalidRequestError(ConfigServerError):
    """A name, profile, label or key that no file can have, or that tries to leave the repository."""


class LabelNotFoundError(ConfigServerError):
    """No branch, tag or commit of that name."""

    def __init__(self, label: str, uri: str) -> None:
        self.label = label
        self.uri = uri
        super().__init__(f"No such label: {label}")


class NothingFoundError(ConfigServerError):
    """No file answers the question, and empty answers are switched off."""


class BrokenContentError(ConfigServerError):
    """A file of the commit cannot be read as configuration; the text names file, line and reason."""


class RepositoryUnavailableError(ConfigServerError):
    """The repository cannot be read now."""
