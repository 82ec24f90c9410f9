"""The tools that write `contracts/` are scripts beside one another: their folder is where they are found."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
