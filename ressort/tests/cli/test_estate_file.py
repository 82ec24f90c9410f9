"""``ressort.yml`` read: what is wrong is named with file, line, key, the value given and what is wanted."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_estate import Estate

from ressort.cli.estate import EstateError
from ressort.cli.estate_file import load_estate

GOOD = "{name: api, module: api, port: 8081}"
PORT = "must be a TCP port (a whole number from 1 to 65535), not"
NAME = "must be the member's name (text without '/'), not"
MODULE = "must be the name of a Python module (text), not"


def complaint(folder: Path, text: str) -> str:
    """What is said of an estate file, after its folder."""
    file = folder / "ressort.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(EstateError) as raised:
        load_estate(file)
    return str(raised.value).removeprefix(f"{folder}/")


@pytest.mark.parametrize(
    ("member", "said"),
    [
        ("{name: b, module: b, port: abc}", f"port {PORT} 'abc'"),
        ("{name: b, module: b, port: '8085'}", f"port {PORT} '8085'"),
        ("{name: b, module: b, port: 8085.5}", f"port {PORT} 8085.5"),
        ("{name: b, module: b, port: yes}", f"port {PORT} yes"),
        ("{name: b, module: b, port: 0}", f"port {PORT} 0"),
        ("{name: b, module: b, port: 65536}", f"port {PORT} 65536"),
        ("{name: b, module: b, port: [8085]}", f"port {PORT} a list"),
        ("{name: b, module: b, port: 2026-13-45}", f"port {PORT} 2026-13-45"),
        (
            "{name: b, module: b, port: }",
            "port is empty: it must be a TCP port (a whole number from 1 to 65535)",
        ),
        ("{name: b, module: b}", "port is missing: it must be a TCP port (a whole number from 1 to 65535)"),
        ("{name: 12, module: b, port: 8085}", f"name {NAME} 12"),
        ("{name: '', module: b, port: 8085}", f"name {NAME} ''"),
        ("{name: a/b, module: b, port: 8085}", f"name {NAME} 'a/b'"),
        ("{name: {a: b}, module: b, port: 8085}", f"name {NAME} a mapping"),
        ("{name: b, module: 5, port: 8085}", f"module {MODULE} 5"),
        ("{name: b, module: [b], port: 8085}", f"module {MODULE} a list"),
        ("{name: b, port: 8085}", "module is missing: it must be the name of a Python module (text)"),
        ("{name: b, module: b, port: 8085, stage: first}", "stage must be a whole number, not 'first'"),
        ("{name: b, module: b, port: 8085, stage: 1.5}", "stage must be a whole number, not 1.5"),
        ("{name: b, module: b, port: 8085, stop-stage: no}", "stop-stage must be a whole number, not no"),
        (
            "{name: b, module: b, port: 8085, also-ports: 4200}",
            "also-ports must be a list of TCP ports, not 4200",
        ),
        ("{name: b, module: b, port: 8085, also-ports: [4200, x]}", f"also-ports[1] {PORT} 'x'"),
        ("{name: b, module: b, port: 8085, also-ports: [99999]}", f"also-ports[0] {PORT} 99999"),
        (
            "{name: b, module: b, port: 8085, args: --debug}",
            "args must be a list of arguments, not '--debug'",
        ),
        (
            "{name: b, module: b, port: 8085, args: [{a: b}]}",
            "args[0] must be text or a number, not a mapping",
        ),
        ("{name: b, module: b, port: 8085, args: [~]}", "args[0] is empty: it must be text or a number"),
        (
            "{name: b, module: b, port: 8085, environment: X=1}",
            "environment must be a mapping (NAME: value), not 'X=1'",
        ),
        (
            "{name: b, module: b, port: 8085, environment: {X: [1]}}",
            "environment.X must be text or a number, not a list",
        ),
    ],
)
def test_a_wrong_value_of_a_member_is_named(tmp_path: Path, member: str, said: str) -> None:
    """Line and key of the second member, what is wanted, and the value as it is written."""
    text = f"ressort:\n  members:\n    - {GOOD}\n    - {member}\n"
    assert complaint(tmp_path, text) == f"ressort.yml:4: ressort.members[1].{said}"


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("state: [var]", "state must be text or a number, not a list"),
        (
            "preload: flask",
            "preload must be a list of Python modules, not 'flask'",
        ),
        ("preload: [5]", f"preload[0] {MODULE} 5"),
        ("stop-timeout: soon", "stop-timeout must be a number of seconds (9s), not 'soon'"),
        ("stop-timeout: -1", "stop-timeout must be a number of seconds (9s), not -1"),
        ("stop-timeout: .nan", "stop-timeout must be a number of seconds (9s), not .nan"),
        ("addresses: here", "addresses must be a list of addresses, not 'here'"),
        ("addresses: [{url: 'http://x'}]", "addresses[0].label is missing: it must be text or a number"),
        ("addresses: [{url: 5, label: x}]", "addresses[0].url must be an address (text), not 5"),
        ("addresses: [{ulr: x}]", "addresses[0].ulr is not a known key: did you mean 'url'?"),
        ("demo: yes", "demo must be a mapping (key: value), not yes"),
        ("demo: {label: x, post: y, body: z}", "demo.body must be a mapping (key: value), not 'z'"),
        ("demo: {unles: []}", "demo.unles is not a known key: did you mean 'unless'?"),
        (
            "demo: {label: x, post: y, body: {}, unless: [{get: z}]}",
            "demo.unless[0].field is missing: it must be text or a number",
        ),
        (
            "demo: {label: x, post: y, body: {}, progress: {state: s}}",
            "demo.progress.steps is missing: it must be text or a number",
        ),
        (
            "demo: {label: x, post: y, body: {a: 2026-13-45}}",
            "demo.body cannot be read: month must be in 1..12",
        ),
        (
            "'<<': 5",
            "<< is not a known key: known keys: state, stop-timeout, preload, members, addresses, demo",
        ),
    ],
)
def test_a_wrong_value_of_the_estate_is_named(tmp_path: Path, keys: str, said: str) -> None:
    """The same for everything beside the members."""
    text = f"ressort:\n  members:\n    - {GOOD}\n  {keys}\n"
    assert complaint(tmp_path, text) == f"ressort.yml:4: ressort.{said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "ressort.yml:1: key 'ressort' is missing: the file starts with `ressort:`"),
        ("a: b", "ressort.yml:1: key 'ressort' is missing: the file starts with `ressort:`"),
        ("ressort: 5", "ressort.yml:1: ressort must be a mapping (key: value), not 5"),
        ("ressort:", "ressort.yml:1: ressort is empty: it must be a mapping (key: value)"),
        (
            "ressort: {state: x}",
            "ressort.yml:1: ressort.members is missing: it must be a list of at least one member",
        ),
        ("ressort: {members: []}", "ressort.yml:1: ressort.members is empty: list at least one member"),
        (
            "ressort: {members: all}",
            "ressort.yml:1: ressort.members must be a list of at least one member, not 'all'",
        ),
        (
            "ressort: {members: [abc]}",
            "ressort.yml:1: ressort.members[0] must be a mapping (key: value), not 'abc'",
        ),
        (
            "ressort: {<<: 5}",
            "ressort.yml:1: ressort cannot be read: "
            "expected a mapping or list of mappings for merging, but found scalar",
        ),
        ("ressort: [", "ressort.yml:1: not valid YAML: expected the node content, but found '<stream end>'"),
        (
            "ressort: \0",
            "ressort.yml: not valid YAML: unacceptable character #x0000: "
            'special characters are not allowed   in "<unicode string>", position 9',
        ),
    ],
)
def test_a_file_that_is_no_estate_is_named(tmp_path: Path, text: str, said: str) -> None:
    """Empty, of another kind, without members, or not YAML."""
    assert complaint(tmp_path, text) == said


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    """Latin-1 instead of UTF-8: the byte that shows it."""
    (tmp_path / "ressort.yml").write_bytes("# é\n".encode("latin-1"))
    with pytest.raises(EstateError, match=r"ressort\.yml: is not UTF-8: byte 3"):
        load_estate(tmp_path / "ressort.yml")


@pytest.mark.parametrize(
    ("second", "claim"),
    [
        ("{name: api, module: b, port: 8085}", "name 'api'"),
        ("{name: b, module: b, port: 8081}", "port 8081"),
        ("{name: b, module: b, port: 8085, also-ports: [8081]}", "port 8081"),
    ],
)
def test_what_two_members_claim_is_named(tmp_path: Path, second: str, claim: str) -> None:
    """A name or a port given twice: the line of the later one, and who has it already."""
    text = f"ressort:\n  members:\n    - {GOOD}\n    - {second}\n"
    said = f"ressort.members[1] claims {claim}, which ressort.members[0] (api) has already"
    assert complaint(tmp_path, text) == f"ressort.yml:4: {said}"


def test_arguments_and_environment_are_taken_as_written(tmp_path: Path) -> None:
    """Numbers and words that YAML knows reach the member as they stand in the file; anchors may be merged."""
    (tmp_path / "ressort.yml").write_text(
        "ressort:\n"
        "  members:\n"
        "    - {name: a, module: a, port: 8081, args: [8080, on, --x=1], environment: &e {DEBUG: true, N: 010}}\n"
        "    - {name: b, module: b, port: 8082, args: , environment: {<<: *e, N: 2}}\n"
    )
    first, second = load_estate(tmp_path / "ressort.yml").members
    assert first.args == ("8080", "on", "--x=1")
    assert dict(first.environment) == {"DEBUG": "true", "N": "010"}
    assert second.args == ()
    assert dict(second.environment) == {"DEBUG": "true", "N": "2"}


def test_the_command_says_it_in_one_line(estate: Estate) -> None:
    """``ressort up`` with ``port: abc``: the line on standard error, exit 1."""
    path = estate.folder / "ressort.yml"
    good = path.read_text()
    path.write_text(good.replace(f"port: {estate.ports['second']},", "port: abc,"))
    code, output = estate.run("up")
    path.write_text(good)
    assert code == 1
    assert output == f"ressort: ressort.yml:6: ressort.members[1].port {PORT} 'abc'\n"
