"""spring.config.import."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ressort.config import ConfigError

from .conftest import Files


def test_imported_file_beats_its_importer_and_later_imports_win(files: Files) -> None:
    """Relative to the declaring file, in order."""
    files.write(
        "config/application.yml", "spring.config.import: [one.yml, file:sub/two.properties]\na: 0\nb: 0\nc: 0"
    )
    files.write("config/one.yml", "a: 1\nb: 1")
    files.write("config/sub/two.properties", "a=2")
    env = files.load()
    assert (env.get("a"), env.get("b"), env.get("c")) == ("2", "1", "0")


def test_comma_list_and_profile_variants(files: Files) -> None:
    """Profile variants of an imported file are read too."""
    files.write("application.yml", "spring.config.import: 'extra.yml, optional:absent.yml'")
    files.write("extra.yml", "a: plain")
    files.write("extra-dev.yml", "a: dev")
    assert files.load().get("a") == "plain"
    assert files.load("--spring.profiles.active=dev").get("a") == "dev"


def test_missing_import_is_told_with_its_place(files: Files) -> None:
    """Without `optional:` the start stops."""
    files.write("application.yml", "a: 1\nspring:\n  config:\n    import: absent.yml")
    with pytest.raises(ConfigError, match=r"absent\.yml.*application\.yml:4.*optional:"):
        files.load()


def test_placeholders_in_imports(files: Files) -> None:
    """The location may name a property of a higher source."""
    files.write("application.yml", "spring.config.import: ${extra:one}.yml")
    files.write("one.yml", "a: one")
    files.write("two.yml", "a: two")
    assert files.load(environ={"EXTRA": "two"}).get("a") == "two"


def test_nested_imports_and_circles(files: Files) -> None:
    """Each file is read once, so that circles end."""
    files.write("application.yml", "spring.config.import: one.yml\na: app")
    files.write("one.yml", "spring.config.import: two.yml\na: one")
    files.write("two.yml", "spring.config.import: one.yml\na: two")
    assert files.load().get("a") == "two"


def test_classpath_folder_and_hint(files: Files, package: Callable[[str], str]) -> None:
    """Packaged resources, whole folders, and files without extension."""
    name = package("spring.config.import: ['classpath:more.yml', 'file:confd/', 'file:plain[.yaml]']")
    (files.folder / "site" / name / "more.yml").write_text("a: more")
    files.write("site-is-not-searched", "")
    files.write("confd/application.yml", "b: folder")
    files.write("plain", "c: hinted")
    with pytest.raises(ConfigError, match="confd/"):
        files.load(package=name)
    files.write("application.yml", "spring.config.import: [confd/, 'plain[.yaml]', 'classpath:more.yml']")
    (files.folder / "site" / name / "application.yml").write_text("x: 1")
    env = files.load(package=name)
    assert (env.get("a"), env.get("b"), env.get("c")) == ("more", "folder", "hinted")


def test_config_tree(files: Files, tmp_path: Path) -> None:
    """Mounted secrets: one file per key, folders become dots."""
    files.write("secrets/spring/datasource/password", "hunter2\n")
    files.write("secrets/plain", "x")
    files.write("application.yml", f"spring.config.import: 'configtree:{tmp_path}/secrets/'")
    env = files.load()
    assert (env.get("spring.datasource.password"), env.get("plain")) == ("hunter2", "x")


def test_config_tree_wildcard(files: Files, tmp_path: Path) -> None:
    """Each folder below the star is a tree of its own."""
    files.write("secrets/db/user", "u")
    files.write("secrets/mail/host", "h")
    files.write("application.yml", f"spring.config.import: 'configtree:{tmp_path}/secrets/*/'")
    env = files.load()
    assert (env.get("user"), env.get("host")) == ("u", "h")


def test_variable_as_a_document(files: Files) -> None:
    """env:NAME reads the variable's text as a file."""
    files.write("application.yml", "spring.config.import: 'env:MY_CONF[.yaml]'")
    assert files.load(environ={"MY_CONF": "a: {b: 1}"}).get("a.b") == "1"


def test_unknown_extension(files: Files) -> None:
    """A file nobody can read is refused with the ways out."""
    files.write("application.yml", "spring.config.import: data.toml")
    with pytest.raises(ConfigError, match=r"data\.toml.*\.properties"):
        files.load()


def test_import_given_by_argument_or_variable(files: Files) -> None:
    """It lies above the files found by themselves, its paths start from the folder of the process."""
    files.write("config/application.yml", "a: file")
    files.write("extra/more.yml", "a: imported")
    assert files.load("--spring.config.import=extra/more.yml").get("a") == "imported"
    assert files.load(environ={"SPRING_CONFIG_IMPORT": "optional:extra/more.yml"}).get("a") == "imported"
    with pytest.raises(ConfigError, match=r'command line argument "--spring\.config\.import"'):
        files.load("--spring.config.import=absent.yml")
