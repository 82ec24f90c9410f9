"""`var/` below `ressort.home`: made and tried before anything is opened in it."""

from __future__ import annotations

import os
from pathlib import Path

from ressort.errors import StartError


def ensure_writable(directory: Path) -> Path:
    """Make the directory if needed; raises StartError naming the path nobody may write to."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StartError(f"{directory} cannot be made: {error.strerror}") from error
    if not os.access(directory, os.W_OK | os.X_OK):
        raise StartError(f"{directory} is not writable by this user; change its owner or set ressort.home")
    return directory
