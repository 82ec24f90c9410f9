"""A tab with the front in it: waits for states, never for time, and keeps what must not happen in any journey."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from pages.witness import Witness

PATIENCE_S = 30.0
ALLOWED = {
    r"theme": r"light|dark",
    r"densite": r"dense|confortable",
    r"raccourcis-a-une-lettre": r"oui|non",
    r"colonnes [a-z]+": r'\{"choix":"[\w.,-]*","largeurs":\{("[\w.-]+":\d+,?)*\}\}',
    r"raccourcis": r'\{"[a-z-]+":"(\\"|\\\\|[^"\\\s])"(,"[a-z-]+":"(\\"|\\\\|[^"\\\s])")*\}',
    r"travaux suivis": r"\d+(,\d+)*",
    r"cle [a-z0-9 -]+": r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
}
"""All that may stay in the browser: preferences, the numbers of runs that are followed, and the idempotency key of a form that
is open."""

CONTRAST = ("color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable")
"""Rules of axe whose verdict may change with colours and sizes; the others judge the document alone."""

_REPORTS = """
addEventListener('securitypolicyviolation', e =>
  console.error(`policy: ${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));
"""
_NO_MOUSE = "addEventListener('pointerdown', () => console.error('the mouse was used'), true);"
_STORED = "[localStorage, sessionStorage].flatMap(stored => Object.entries(stored))"
_DRAWN = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_OURS = "Blocked script execution in '"
"""What Chromium says when the scripts of these tests are kept out of a sandboxed frame."""
_OVERFLOW = """Math.max(...[document.documentElement, document.querySelector('main')]
  .map(shown => shown.scrollWidth - shown.clientWidth))"""
_GLUED = r"""() => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  const found = [];
  let before;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!node.data.trim() || node.parentElement.closest('script, style, option, .lu')) continue;
    range.selectNodeContents(node);
    const places = range.getClientRects();
    if (!places.length) continue;
    const gap = before && places[0].left - before.place.right;
    const together = before && gap > -1 && gap < 2 && Math.abs(places[0].bottom - before.place.bottom) < 4;
    if (together && /[\p{L}\p{N}:;,.!?»€%]$/u.test(before.text) && /^[\p{L}\p{N}«]/u.test(node.data))
      found.push(`${before.text.slice(-30)}|${node.data.slice(0, 30)}`);
    before = { place: places[places.length - 1], text: node.data };
  }
  return found;
}"""
_BUSY = 'main [aria-busy="true"], main app-squelette'


@dataclass
class FrontTab(Witness):
    """A tab on the front at `base`."""

    base: str = ""
    asked: set[Any] = field(default_factory=set)
    forgiven: set[str] = field(default_factory=set)

    def watch(self, *, keyboard_only: bool = False) -> None:
        """Notice everything from now on; with `keyboard_only` the use of a mouse too."""
        super().watch()
        self.tab.add_init_script(_REPORTS + (_NO_MOUSE if keyboard_only else ""))
        self.tab.on("request", self._asked)
        self.tab.on("requestfinished", lambda request: self.asked.discard(request))
        self.tab.on("requestfailed", lambda request: self.asked.discard(request))

    def _console(self, message: Any) -> None:
        if not message.text.startswith(_OURS) and message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text} {message.location['url']}")

    def _request(self, request: Any) -> None:
        if not request.url.startswith((f"{self.base}/", "data:", "blob:", "about:")):
            self.faults.append(f"elsewhere: {request.url}")

    def _asked(self, request: Any) -> None:
        if request.resource_type != "eventsource":
            self.asked.add(request)

    # -- where it is

    def go(self, path: str) -> None:
        """Load an address of the front; returns once the page shows what it reads."""
        self.tab.goto(f"{self.base}{path}")
        self.settled()

    def settled(self) -> None:
        """The page has its heading and everything it asked for, and is drawn. Raises AssertionError after 30 s."""
        self.tab.locator("main h1").first.wait_for()
        end, quiet = time.monotonic() + PATIENCE_S, 0
        while quiet < 2:
            assert time.monotonic() < end, f"not answered: {[request.url for request in self.asked]}"
            self.tab.evaluate(_DRAWN)
            quiet = 0 if self.asked else quiet + 1
        self.tab.wait_for_function(f"() => !document.querySelector('{_BUSY}')")

    def arrive(self, heading: Any) -> None:
        """A page of the application was gone to: its heading has the focus, and all it reads is shown."""
        self.tab.locator("main h1:focus").filter(has_text=heading).wait_for()
        self.settled()

    def enlarge_text(self, factor: float = 2.0) -> None:
        """Text as large as `factor` makes it, the way a person asks for it in the browser's settings."""
        sizes = {"standard": int(16 * factor), "fixed": int(13 * factor)}
        self.tab.context.new_cdp_session(self.tab).send("Page.setFontSizes", {"fontSizes": sizes})
        self.tab.evaluate("dispatchEvent(new Event('resize'))")
        self.settled()

    def overflow(self) -> int:
        """Pixels by which the window, or the page in it, is wider than what shows it."""
        return int(self.tab.evaluate(_OVERFLOW))

    # -- what was wrong

    def glued(self) -> list[str]:
        """Words that stand side by side without a space, as templates lose them between elements."""
        return list(self.tab.evaluate(_GLUED))

    def violations(self, rules: tuple[str, ...] = ()) -> list[tuple[str, list[Any]]]:
        """What axe finds by these rules; by all of them, targets of 24 pixels included, when none are given."""
        return super().violations(rules) + ([] if rules else super().violations(("target-size",)))

    def blemishes(self) -> list[Any]:
        """What axe finds, and glued words."""
        return [*self.violations(), *self.glued()]

    def forgive(self, *statuses: int) -> None:
        """Answers of these statuses are what the test is about: the browser's own complaints of them are none, also later."""
        self.forgiven |= {f"status of {status} " for status in statuses}
        self.faults = [fault for fault in self.faults if not any(each in fault for each in self.forgiven)]

    def forgive_lost_answers(self) -> None:
        """The same of connections that broke on purpose."""
        self.faults = [fault for fault in self.faults if "net::ERR_CONNECTION_RESET" not in fault]

    def stored(self) -> list[str]:
        """What is in the browser's storage and may not be there."""
        return [
            f"stored: {name} = {value}"
            for name, value in self.tab.evaluate(_STORED)
            if not any(re.fullmatch(key, name) and re.fullmatch(form, value) for key, form in ALLOWED.items())
        ]
