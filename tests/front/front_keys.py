"""A person without a mouse: keys that are pressed, and what can be read on the page. There is nothing else here to use."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from front_tab import FrontTab

T = TypeVar("T")
FAR = 90
_HERE = """(() => { const e = document.activeElement;
  return `${e.tagName.toLowerCase()} « ${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 40)} »`; })()"""


class Keys:
    """The keyboard on a page, and the eyes."""

    def __init__(self, page: FrontTab) -> None:
        self._page = page

    # -- hands

    def press(self, *keys: str) -> None:
        """Keys one after the other, as Playwright names them: `g`, `Enter`, `Control+Enter`."""
        for key in keys:
            self._page.tab.keyboard.press(key)

    def write(self, text: str) -> None:
        """Text, key by key."""
        self._page.tab.keyboard.type(text)

    def replace(self, text: str) -> None:
        """Text in place of what the field holds."""
        self.press("Control+a")
        self.write(text)

    def reach(self, role: str, name: Any, back: bool = False) -> None:
        """Tab until that thing has the focus. Raises AssertionError with the stops made when it cannot be reached."""
        aim, stops = self.thing(role, name), []
        aim.first.wait_for()
        for _ in range(FAR):
            if aim.evaluate_all("found => found.includes(document.activeElement)"):
                return
            self.press("Shift+Tab" if back else "Tab")
            stops.append(self._page.tab.evaluate(_HERE))
        raise AssertionError(f"{role} {name!r} is not reached by Tab; stops: {stops}")

    def back(self) -> None:
        """Alt+Left, which is the browser's own and does not reach one without a window."""
        self._page.tab.go_back()

    # -- eyes

    def thing(self, role: str, name: Any) -> Any:
        """What has that role and name, to be read or waited for."""
        return self._page.tab.get_by_role(role, name=name)

    def see(self, text: Any) -> None:
        """Wait until that text is on the page."""
        self._page.tab.get_by_text(text).first.wait_for()

    def ready(self, button: str) -> None:
        """Wait until that button can be pressed."""
        self._page.tab.get_by_role("button", name=button, disabled=False).first.wait_for()

    def held(self, role: str, name: Any) -> None:
        """Wait until the focus has come to that thing by itself."""
        thing = self.thing(role, name).element_handle()
        self._page.tab.wait_for_function("thing => thing === document.activeElement", arg=thing)

    def focused(self) -> str:
        """What has the focus."""
        return str(self._page.tab.evaluate(_HERE))

    def page(self, read: Callable[[FrontTab], T]) -> T:
        """What a reader that touches nothing finds on the page."""
        return read(self._page)

    def arrive(self, heading: Any) -> None:
        """Wait until the page with that heading is there, its focus on the heading, and all it reads is shown."""
        self._page.arrive(heading)

    def choose(self, text: str) -> None:
        """In a combobox with the focus: type, wait for the first proposition, take it."""
        self.write(text)
        self._page.tab.get_by_role("option", name=text).first.wait_for()
        self.press("ArrowDown", "Enter")
