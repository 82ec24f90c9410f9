"""Saved views of a list: named sets of the list's own query parameters, kept by the service that owns the list.

    add_saved_views(api, "/orders", store=SqlViews(database), clock=clock)

adds `GET /orders/vues` (a list), `GET`, `PUT` and `DELETE /orders/vues/{nom}`. What the parameters mean is the
caller's business: they are kept as given, so a view outlives a filter that is renamed. One store serves any number
of lists. Members of the JSON are French as those of `paging.WireNames` are: they are data of the wire.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Annotated, Any, Protocol

import flask
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from ressort.clock import Clock
from ressort.texts import fold

from . import etag
from .api import Answer, Api, Body, FieldError, IsoInstant, Model, PageRequest, Paging, answer, created
from .api_models import PlainText
from .paging import page_of
from .problem import InvalidBody, Problem, current_texts

SEGMENT = "vues"
MAX_VIEWS = 100
MAX_NAME = 60
MAX_ENTRIES = 50
MAX_CHARACTERS = 2000
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONTROL = re.compile("[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view of one list. `name` is a kebab-case slug, unique in the list; `version` begins at 1."""

    list_name: str
    name: str
    title: str
    parameters: Mapping[str, str]
    pinned: bool
    modified_at: datetime
    version: int = 1


Check = Callable[[SavedView | None, int], None]
"""Told what is kept under the name and how many views the list has; raises what must stop the write."""


class ViewStore(Protocol):
    """Where views are kept."""

    def all(self, list_name: str) -> Sequence[SavedView]:
        """The views of a list, in any order."""

    def find(self, list_name: str, name: str) -> SavedView | None:
        """One view."""

    def put(self, view: SavedView, check: Check) -> SavedView:
        """Keeps the view in the place of the one of its name; returns it with its version.

        Nobody else writes that view between `check` and the end.
        """

    def delete(self, list_name: str, name: str, check: Check) -> None:
        """Forgets a view after `check`; nothing happens when there is none."""


@dataclass
class MemoryViews:
    """Views of one process."""

    _rows: dict[tuple[str, str], SavedView] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self, list_name: str) -> Sequence[SavedView]:
        """See `ViewStore`."""
        return [view for view in list(self._rows.values()) if view.list_name == list_name]

    def find(self, list_name: str, name: str) -> SavedView | None:
        """See `ViewStore`."""
        return self._rows.get((list_name, name))

    def put(self, view: SavedView, check: Check) -> SavedView:
        """See `ViewStore`."""
        with self._lock:
            present = self.find(view.list_name, view.name)
            check(present, len(self.all(view.list_name)))
            kept = replace(view, version=present.version + 1 if present else 1)
            self._rows[view.list_name, view.name] = kept
        return kept

    def delete(self, list_name: str, name: str, check: Check) -> None:
        """See `ViewStore`."""
        with self._lock:
            check(self.find(list_name, name), len(self.all(list_name)))
            self._rows.pop((list_name, name), None)


def _small(parameters: dict[str, str]) -> dict[str, str]:
    if len(parameters) > MAX_ENTRIES:
        raise PydanticCustomError("map_entries", "too many entries", {"max": MAX_ENTRIES})
    if sum(len(name) + len(value) for name, value in parameters.items()) > MAX_CHARACTERS:
        raise PydanticCustomError("map_characters", "too long", {"max": MAX_CHARACTERS})
    if any(_CONTROL.search(name + value) for name, value in parameters.items()):
        raise PydanticCustomError("string_control", "control character")
    return parameters


class VueJson(Model):
    """A view as its author writes it."""

    read_only = frozenset({"nom", "modifie_le"})

    titre: Annotated[str, PlainText(80)]
    parametres: Annotated[dict[str, str], AfterValidator(_small)]
    epinglee: bool = False


class Vue(Model):
    """A saved view: `parametres` are query parameters of its list, `epinglee` puts it first."""

    nom: str
    titre: str
    parametres: dict[str, str]
    epinglee: bool
    modifie_le: IsoInstant


def add_saved_views(api: Api, path: str, *, store: ViewStore, clock: Clock) -> None:
    """Adds the routes of the views of the list at `path` (`/orders`), whose name in the store is `orders`."""
    below, list_name = f"{path}/{SEGMENT}", path.strip("/")
    _add_reads(api, below, list_name, store)
    _add_writes(api, below, list_name, store, clock)


def _add_reads(api: Api, below: str, list_name: str, store: ViewStore) -> None:
    by_title = Paging(
        {"epinglee": bool, "titre": str, "nom": str},
        default="-epinglee,titre,nom",
        unique="nom",
        default_limit=MAX_VIEWS,
    )

    @api.get(below, response=Vue, paging=by_title)
    def views(page: PageRequest) -> dict[str, Any]:
        """Les vues enregistrées de la liste, les épinglées d'abord."""
        found = store.all(list_name)
        return page.envelope(page_of(found, page, _sort_value), len(found), show=_shown, key_of=_sort_value)

    @api.get(f"{below}/{{nom}}", response=Vue, etag=True, problems=[(404, "vue-introuvable")])
    def view(nom: str) -> Answer:
        """Une vue enregistrée."""
        found = store.find(list_name, nom)
        if found is None:
            raise _missing(nom)
        return answer(_shown(found), etag=_tag(found))


def _add_writes(api: Api, below: str, list_name: str, store: ViewStore, clock: Clock) -> None:
    @api.put(
        f"{below}/{{nom}}",
        response=Vue,
        if_match="optional",
        etag=True,
        other_statuses=(201,),
        problems=[(404, "vue-introuvable"), (409, "trop-de-vues")],
    )
    def put(nom: str, corps: Body[VueJson]) -> Answer:
        """Enregistrer une vue, nouvelle ou à la place de celle de ce nom."""
        check = _check_of(nom)
        present = store.find(list_name, nom)
        check(present, len(store.all(list_name)))
        given = _valid(nom, corps, present)
        view = SavedView(list_name, nom, given.titre, given.parametres, given.epinglee, clock.now())
        kept = store.put(view, check)
        if kept.version > 1:
            return answer(_shown(kept), etag=_tag(kept))
        return created(_shown(kept), f"{below}/{nom}", etag=_tag(kept))

    @api.delete(f"{below}/{{nom}}", if_match="optional", problems=[(404, "vue-introuvable")])
    def delete(nom: str) -> None:
        """Oublier une vue enregistrée."""

        def check(present: SavedView | None, count: int) -> None:
            if present is None:
                raise _missing(nom)
            etag.check_match(present.version, present.modified_at.date())

        store.delete(list_name, nom, check)


def _check_of(name: str) -> Check:
    """404 for a view that an If-Match believes to exist, 412 for a stale one, 409 for one too many."""

    def check(present: SavedView | None, count: int) -> None:
        if present is not None:
            etag.check_match(present.version, present.modified_at.date())
        elif "HTTP_IF_MATCH" in flask.request.environ:
            raise _missing(name)
        elif count >= MAX_VIEWS:
            raise Problem(409, "trop-de-vues", values={"max": MAX_VIEWS})

    return check


def _valid(name: str, body: Body[VueJson], present: SavedView | None) -> VueJson:
    """The body, whose name may be repeated; every error at once, a name that is no slug among them."""
    wrong: list[FieldError] = []
    if len(name) > MAX_NAME or not _NAME.fullmatch(name):
        wrong.append(FieldError("/nom", *current_texts().field("slug", None, {"max": MAX_NAME})))
    try:
        given = body.valid(current=_shown(present) if present else {"nom": name})
    except InvalidBody as error:
        raise InvalidBody(wrong + error.errors) from None
    if wrong:
        raise InvalidBody(wrong)
    return given


def _shown(view: SavedView) -> dict[str, Any]:
    return {
        "nom": view.name,
        "titre": view.title,
        "parametres": dict(view.parameters),
        "epinglee": view.pinned,
        "modifie_le": view.modified_at,
    }


def _sort_value(view: SavedView, key: str) -> Any:
    """Titles sort without case nor accents: `À relancer` stands before `Brouillons`."""
    if key == "titre":
        return fold(view.title)
    return view.pinned if key == "epinglee" else view.name


def _tag(view: SavedView) -> str:
    return etag.etag(view.version, view.modified_at.date())


def _missing(name: str) -> Problem:
    return Problem(404, "vue-introuvable", values={"name": name[:MAX_NAME]})
