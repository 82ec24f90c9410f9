"""Registry documents as bytes, each built once per change and kept with its compressed twin."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from discovery.domain.lease import Record
from discovery.domain.registry import Registry
from ressort.discovery.wire import (
    Form,
    InstanceInfo,
    hashcode,
    write_application,
    write_applications,
    write_instance,
)

FAST = 1
FULL_VERSION = "1"
SELECTION_VERSION = "-1"


@dataclass(slots=True)
class _Kept:
    stamp: object
    plain: bytes
    zipped: bytes | None = None


class Documents:
    """Answers of the cached reads: the whole registry, its delta, one application, virtual hosts."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._lock = threading.Lock()
        self._kept: dict[tuple[str, Form], _Kept] = {}

    def all(self, form: Form, zipped: bool) -> bytes:
        """Every application."""
        view = self._registry.view()
        with self._lock:
            kept = self._kept.get(("all", form))
            if kept is None or kept.stamp is not view:
                plain = _document(FULL_VERSION, view.registry_hash, view.applications, form)
                kept = self._kept["all", form] = _Kept(view, plain)
            return _content(kept, zipped)

    def delta(self, form: Form, zipped: bool) -> bytes:
        """The changes of the last minutes."""
        delta = self._registry.delta()
        with self._lock:
            kept = self._kept.get(("delta", form))
            if kept is None or kept.stamp != delta.stamp:
                grouped = _by_application(delta.records)
                plain = _document(str(delta.version), delta.registry_hash, grouped, form)
                kept = self._kept["delta", form] = _Kept(delta.stamp, plain)
            return _content(kept, zipped)

    def application(self, app: str, form: Form) -> bytes | None:
        """One application, None when nobody of it is registered."""
        records = self._registry.view().applications.get(app)
        return None if records is None else _application(app, records, form, root=True)

    def virtual_hosts(self, vip: str, form: Form, secure: bool) -> bytes:
        """Instances that serve a virtual host name; an empty registry when nobody does."""
        selected: dict[str, list[Record]] = {}
        for app, records in self._registry.view().applications.items():
            for record in records:
                names = record.info.secure_vip if secure else record.info.vip
                if vip in (names or "").split(","):
                    selected.setdefault(app, []).append(record)
        statuses = hashcode(r.info.status for records in selected.values() for r in records)
        return _document(SELECTION_VERSION, statuses, selected, form)

    def instance(self, info: InstanceInfo, form: Form) -> bytes:
        """One instance, always in the full form."""
        return write_instance(info, Form.JSON if form.is_json else Form.XML)


def _document(
    version: str, registry_hash: str, applications: Mapping[str, Iterable[Record]], form: Form
) -> bytes:
    written = [_application(app, records, form, root=False) for app, records in applications.items()]
    return write_applications(version, registry_hash, written, form)


def _application(app: str, records: Iterable[Record], form: Form, root: bool) -> bytes:
    return write_application(app, [_fragment(record, form) for record in records], form, root)


def _fragment(record: Record, form: Form) -> bytes:
    fragment = record.fragments.get(form)
    if fragment is None:
        fragment = record.fragments[form] = write_instance(record.info, form, root=False)
    return fragment


def _by_application(records: Iterable[Record]) -> dict[str, list[Record]]:
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(record.info.app, []).append(record)
    return grouped


def _content(kept: _Kept, zipped: bool) -> bytes:
    if not zipped:
        return kept.plain
    if kept.zipped is None:
        kept.zipped = gzip.compress(kept.plain, FAST, mtime=0)
    return kept.zipped
