"""What the registry keeps of one instance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ressort.discovery.wire import InstanceInfo

Key = tuple[str, str]


class Record:
    """A published state of an instance, never changed; `fragments` memoises its written forms."""

    __slots__ = ("fragments", "info")

    def __init__(self, info: InstanceInfo) -> None:
        self.info = info
        self.fragments: dict[object, bytes] = {}

    @property
    def key(self) -> Key:
        """Application and instance id."""
        return (self.info.app, self.info.id)


@dataclass(slots=True)
class Lease:
    """The promise behind a record. Times are lease seconds, `*_ms` milliseconds since 1970."""

    record: Record
    expires_at: float
    renewed_at: float
    renewed_ms: int
    queued: bool = field(default=False)

    @property
    def info(self) -> InstanceInfo:
        """The instance as last published."""
        return self.record.info

    def renew(self, now: float, now_ms: int) -> None:
        """A beat: alive for one more duration, exactly."""
        self.renewed_at = now
        self.renewed_ms = now_ms
        self.expires_at = now + self.record.info.lease.duration_s

    def fresh_info(self) -> InstanceInfo:
        """The instance with the time of its last beat, which published records do not follow."""
        lease = replace(self.info.lease, renewed_ms=self.renewed_ms)
        return replace(self.info, lease=lease)
