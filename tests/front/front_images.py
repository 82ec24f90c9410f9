"""Pictures of pages compared with those that somebody has looked at, by a browser: no other image library is needed."""

from __future__ import annotations

import base64
import os
import struct
import zlib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "images"
WRITE = os.environ.get("RESSORT_IMAGES") == "write"
"""`RESSORT_IMAGES=write` makes the references anew; look at each of them before it is committed."""
SHARE = 0.002
"""Of all pixels, those that may differ: edges of letters are drawn a little otherwise by another Chromium."""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{cache}</cachedir>
<match target="pattern"><edit name="family" mode="append" binding="weak"><string>DejaVu Sans</string></edit></match>
<alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias></fontconfig>
"""
_PIXELS = """const pixels = async text => {
    const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(text), c => c.charCodeAt(0))]));
    const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
    canvas.drawImage(picture, 0, 0);
    return canvas.getImageData(0, 0, picture.width, picture.height);
  };"""
_FEW_COLOURS = f"""async text => {{
  {_PIXELS}
  const {{ width, height, data }} = await pixels(text);
  for (const steps of [15, 11, 7, 5]) {{
    const round = value => Math.round(Math.round((value * steps) / 255) * (255 / steps));
    const colours = new Map(), indices = [];
    for (let i = 0; i < data.length; i += 4) {{
      const colour = [0, 1, 2].reduce((sum, c) => sum * 256 + round(data[i + c]), 0);
      if (!colours.has(colour)) colours.set(colour, colours.size);
      indices.push(colours.get(colour));
    }}
    if (colours.size <= 256) return {{ width, height, colours: [...colours.keys()], indices }};
  }}
}}"""
_COMPARE = f"""async pictures => {{
  {_PIXELS}
  const [now, then] = await Promise.all(pictures.map(pixels));
  if (now.width !== then.width || now.height !== then.height) return 1;
  let different = 0;
  for (let i = 0; i < now.data.length; i += 4)
    if ([0, 1, 2].some(c => Math.abs(now.data[i + c] - then.data[i + c]) > 40)) different++;
  return different / (now.width * now.height);
}}"""


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
        file.write_bytes(_small(browser, picture))
    assert file.exists(), (
        f"{file} is missing: RESSORT_IMAGES=write pytest tests/front/test_images.py, and look at it"
    )
    share = _different(browser, picture, file.read_bytes())
    kept = failed / f"{name}.png"
    if share > SHARE:
        kept.write_bytes(picture)
    assert share <= SHARE, f"{share:.2%} of {file.name} differ; the page as it is now: {kept}"


def _small(browser: Any, picture: bytes) -> bytes:
    """The same as a PNG of at most 256 colours, a third of the bytes; what it loses is below what a comparison sees."""
    seen = _ask(browser, _FEW_COLOURS, base64.b64encode(picture).decode())
    width, indices = seen["width"], bytes(seen["indices"])
    rows = b"".join(b"\0" + indices[at : at + width] for at in range(0, len(indices), width))
    palette = b"".join(colour.to_bytes(3, "big") for colour in seen["colours"])
    head = struct.pack(">IIBBBBB", width, seen["height"], 8, 3, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _different(browser: Any, *pictures: bytes) -> float:
    return float(_ask(browser, _COMPARE, [base64.b64encode(picture).decode() for picture in pictures]))


def _ask(browser: Any, script: str, argument: Any) -> Any:
    own = browser.new_page()
    try:
        return own.evaluate(script, argument)
    finally:
        own.close()
