"""What a wheel of the gateway brings along."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

from gateway.app import front_folder

ROOT = Path(__file__).resolve().parents[3]


def test_the_wheel_holds_the_built_front(tmp_path: Path) -> None:
    """Every file of `frontend/dist`, so that an installation needs no checkout and no Node."""
    uv = Path(sys.executable).parent / "uv"
    command = [uv, "build", "--wheel", "--system-certs", "--quiet", "--out-dir", tmp_path, ROOT / "gateway"]
    subprocess.run(command, check=True, timeout=120)
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        shipped = {name.removeprefix("gateway/dist/") for name in wheel.namelist() if "/dist/" in name}
    dist = ROOT / "frontend" / "dist"
    assert shipped == {path.relative_to(dist).as_posix() for path in dist.rglob("*") if path.is_file()}


def test_a_folder_of_ones_own_comes_before_the_shipped_one(tmp_path: Path) -> None:
    """And an absent one is named as it was configured when nothing was shipped."""
    assert front_folder(tmp_path, "mine") == tmp_path / "mine"
    (tmp_path / "mine").mkdir()
    assert front_folder(tmp_path, "mine") == tmp_path / "mine"
