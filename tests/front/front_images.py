"""Pictures of pages compared with those that somebody has looked at, by a browser: no other image library is needed."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "images"
WRITE = os.environ.get("RESSORT_IMAGES") == "write"
"""`RESSORT_IMAGES=write` makes the references anew; look at each of them before it is committed."""
SHARE = 0.002
"""Of all pixels, those that may differ: edges of letters are drawn a little otherwise by another Chromium."""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{cache}</cachedir>
<alias><family>system-ui</family><prefer><family>DejaVu Sans</family></prefer></alias>
<alias><family>sans-serif</family><prefer><family>DejaVu Sans</family></prefer></alias>
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias></fontconfig>
"""
_COMPARE = """async pictures => {
  const [now, then] = await Promise.all(pictures.map(async text => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(text), c => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    canvas.drawImage(picture, 0, 0);
    return canvas.getImageData(0, 0, picture.width, picture.height);
  }));
  if (now.width !== then.width || now.height !== then.height) return 1;
  let different = 0;
  for (let i = 0; i < now.data.length; i += 4)
    if ([0, 1, 2].some(c => Math.abs(now.data[i + c] - then.data[i + c]) > 40)) different++;
  return different / (now.width * now.height);
}"""


def with_fonts(folder: Path) -> dict[str, str]:
    """The environment of a browser that has the one font Debian brings along with Chromium, whatever is installed."""
    file = folder / "fonts.conf"
    file.write_text(FONTS.format(cache=folder), encoding="utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(file)}


def compare(browser: Any, name: str, picture: bytes, failed: Path) -> None:
    """Hold a picture against the reference `name`. Raises AssertionError with the path of the new one where it differs."""
    file = FOLDER / f"{name}.png"
    if WRITE:
        FOLDER.mkdir(exist_ok=True)
        file.write_bytes(picture)
    assert file.exists(), (
        f"{file} is missing: RESSORT_IMAGES=write pytest tests/front/test_images.py, and look at it"
    )
    share = _different(browser, picture, file.read_bytes())
    kept = failed / f"{name}.png"
    if share > SHARE:
        kept.write_bytes(picture)
    assert share <= SHARE, f"{share:.2%} of {file.name} differ; the page as it is now: {kept}"


def _different(browser: Any, *pictures: bytes) -> float:
    own = browser.new_page()
    try:
        return float(own.evaluate(_COMPARE, [base64.b64encode(picture).decode() for picture in pictures]))
    finally:
        own.close()
