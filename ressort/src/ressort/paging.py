"""What one page of a list asks for, said without a web framework or a database.

`ressort.flask.paging.PageRequest` is one, read from a query string; `ressort.data.keyset` turns it into SQL. A
service's ports name these Protocols, so that its use cases know neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol


class SortKey(Protocol):
    """One level of an order: the name of a value, and whether the greatest comes first."""

    @property
    def name(self) -> str: ...

    @property
    def descending(self) -> bool: ...


class PageDemand(Protocol):
    """At most `limit` elements in `order`, those after the sort values `after` only (None: from the start).

    Whoever answers gives one element more than `limit` when others follow. `order` ends with a unique key.
    """

    @property
    def limit(self) -> int: ...

    @property
    def order(self) -> Sequence[SortKey]: ...

    @property
    def after(self) -> tuple[Any, ...] | None: ...
