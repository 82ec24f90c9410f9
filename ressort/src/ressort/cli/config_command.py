"""``ressort config lint``: for a person before a commit, and for a pipeline before a merge."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ressort.cli.config_lint import lint

_SCHEMAS = Path("contracts/config")


def add_to(commands: Any) -> None:
    """The command and what it takes."""
    config = commands.add_parser("config", help="look after a folder of configuration")
    verbs = config.add_subparsers(required=True, metavar="VERB")
    command = verbs.add_parser(
        "lint", help="say what would break: syntax, values, keys, placeholders, secrets"
    )
    command.add_argument("folder", nargs="?", default="config-repo", help="default: ./config-repo")
    command.add_argument(
        "--schemas", help=f"folder of <application>.schema.json (default: ./{_SCHEMAS} where there is one)"
    )
    command.add_argument("--strict", action="store_true", help="warnings fail too")
    command.set_defaults(run=lint_folder)


def lint_folder(arguments: argparse.Namespace) -> int:
    """0 when nothing breaks (with ``--strict``: when nothing is found at all), otherwise 1."""
    schemas = Path(arguments.schemas) if arguments.schemas else _SCHEMAS if _SCHEMAS.is_dir() else None
    report = lint(Path(arguments.folder), schemas)
    for finding in report.findings:
        print(finding)
    warnings = len(report.findings) - report.errors
    print(f"{report.files} files read: {report.errors} errors, {warnings} warnings")
    return 1 if report.errors or (arguments.strict and warnings) else 0
