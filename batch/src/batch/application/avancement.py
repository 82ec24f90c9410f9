"""How far a step has come: where it keeps how many elements it will read."""

from __future__ import annotations

ATTENDUS = "attendus"
"""Key in the context of a step execution; absent where nobody knows before the end."""
