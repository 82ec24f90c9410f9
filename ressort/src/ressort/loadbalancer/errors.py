"""What can go wrong when choosing."""

from __future__ import annotations

from ressort.errors import RessortError


class NoInstanceError(RessortError):
    """No callable instance of a service is known (or all of them are excluded)."""

    def __init__(self, service_id: str, excluded: int = 0) -> None:
        self.service_id = service_id
        self.excluded = excluded
        more = f" besides the {excluded} already tried" if excluded else ""
        super().__init__(f"no instance of '{service_id}' is registered and UP{more}")
