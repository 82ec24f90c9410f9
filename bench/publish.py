"""``docs/performance.md`` and the printed table, from the results kept under ``bench/results/``."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import results
from bench.facts import QUIET_SHARE, ROOT

PAGE = ROOT / "docs" / "performance.md"
MODULES = {
    "start": "bench.start",
    "memory": "bench.memory",
    "reprise": "bench.reprise",
    "facture": "bench.facture",
    "gateway": "bench.proxy",
    "config-rate": "bench.config_rate",
    "config-labels": "bench.config_labels",
    "config-fresh": "bench.config_fresh",
    "config-memory": "bench.config_memory",
    "front-list": "bench.front_list",
    "front-scroll": "bench.front_scroll",
    "front-typing": "bench.front_typing",
    "front-keyboard": "bench.front_keyboard",
}
SOAK = "bench.soak"
_HEAD = """# Performance: what was measured

Written by `python -m bench --publish` from the raw rows in `bench/results/`; do not edit by hand. `make bench`
measures everything again and writes this page (about 25 minutes; `wrk`, `nginx`, `taskset` and Chromium are needed);
`python -m bench start reprise` measures some, `--rounds` and `--seconds` say how long. `make soak` is ten minutes of
traffic with members killed. Nothing of it runs in `make test` or CI, and no test asserts a time.

Figures are medians of the rounds shown, taken on the loopback of one machine that runs the load as well: **trust ratios
and bounds, not rates**. Estates run on free ports with their state in a folder that is thrown away.
"""
_BUSY = (
    '"Cores taken by others": share of all cores that processes outside the benchmark used while it ran, stolen time '
    f"included. Above {QUIET_SHARE:.0%} a row is preliminary: times are too long and ratios uncertain."
)


def summary() -> str:
    """The figures against their targets, as a Markdown table."""
    lines = [
        "| What | To reach | Measured | Reached | Cores taken by others | Commit |",
        "|---|---|---|---|---|---|",
    ]
    for name, module in _modules().items():
        kept = results.read(name)
        lines.append(
            _line(module, kept) if kept else f"| {module.TITLE} | {module.TARGET} | not yet run | | | |"
        )
    return "\n".join(lines)


def write() -> Path:
    """Write the page; its path."""
    parts = [_HEAD, summary(), "", _BUSY, "", *_comparisons()]
    for name, module in _modules().items():
        parts += _section(module, results.read(name))
    parts += _soak()
    PAGE.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    return PAGE.relative_to(ROOT)


def _modules() -> dict[str, ModuleType]:
    return {name: importlib.import_module(module) for name, module in MODULES.items()}


def _line(module: ModuleType, kept: dict[str, Any]) -> str:
    known = kept["facts"]
    measured = f"**{kept['value']:g}** {module.TARGET.unit.split(' of ')[0] if ' ' not in module.TARGET.unit else ''}"
    reached = "yes" if kept["reached"] else "**no**"
    if known["others_share"] > QUIET_SHARE:
        reached += " (preliminary)"
    cells = [
        module.TITLE,
        str(module.TARGET),
        measured.strip(),
        reached,
        f"{known['others_share']:.0%}",
        known["commit"],
    ]
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _comparisons() -> list[str]:
    found = [f"- {m.TITLE}: {m.TARGET.comparison}." for m in _modules().values() if m.TARGET.comparison]
    return ["For comparison, of another origin and not measured beside ours:", "", *found, ""]


def _section(module: ModuleType, kept: dict[str, Any] | None) -> list[str]:
    lines = [f"## {module.TITLE}", "", (module.__doc__ or "").strip(), ""]
    if kept is None:
        return [*lines, "Not yet run.", ""]
    reached = "reached" if kept["reached"] else "**not reached**"
    lines += [f"`{kept['command']}`: **{kept['value']:g}**, to reach {module.TARGET}: {reached}.", ""]
    lines += [f"- {name.replace('_', ' ')}: {_shown(value)}" for name, value in kept["figures"].items()]
    return [*lines, "", *_table(kept["rows"]), "", _facts(kept["facts"]), ""]


def _table(rows: list[dict[str, Any]]) -> list[str]:
    if not rows:
        return []
    columns = [name for name in rows[0] if name != "pid"]
    lines = [
        "| " + " | ".join(name.replace("_", " ") for name in columns) + " |",
        "|" + "---|" * len(columns),
    ]
    return lines + ["| " + " | ".join(_shown(row.get(name, "")) for name in columns) + " |" for row in rows]


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(each)}" for name, each in value.items())
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _facts(known: dict[str, Any]) -> str:
    versions = {**known["packages"], **known["programs"]}
    listed = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    changed = f" with {known['uncommitted_files']} uncommitted files" if known["uncommitted_files"] else ""
    return (
        f"{known['date']}, commit {known['commit']}{changed}; {known['cpu']}, {known['cores']} cores, "
        f"{known['memory_mb']:,} MB, {known['system']}, kernel {known['kernel']}; cores "
        f"taken by others {known['others_share']:.0%}; "
        f"Python {known['python']}, SQLite {known['sqlite']}, {listed}."
    )


def _soak() -> list[str]:
    module = importlib.import_module(SOAK)
    kept = results.read("soak")
    lines = ["## Soak: traffic with members killed", "", (module.__doc__ or "").strip(), ""]
    if kept is None:
        return [*lines, "Not yet run.", ""]
    lines += [f"`{kept['command']}`: **{kept['verdict']}**.", ""]
    return [
        *lines,
        *_table([{"what": k, "count": v} for k, v in kept["figures"].items()]),
        "",
        _facts(kept["facts"]),
        "",
    ]
