"""No setting of Spring's server is passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from config_server.composition.unsupported import refuse_unsupported
from ressort.config import ConfigError, load

SUPPORTED = """
git.uri: /srv/config
git.default-label: main
git.defaultLabel: main
git.try-master-branch: true
git.search-paths: [a, b]
prefix: /config
default-label: main
accept-empty: false
strip-document-from-yaml: true
overrides.any.key: x
encrypt.enabled: true
encrypt.plain-text-encrypt: false
default-application-name: application
default-profile: default
monitor.github.enabled: false
"""


def started(folder: Path, *argv: str, text: str = "", **environ: str) -> None:
    (folder / "application.yml").write_text(text)
    refuse_unsupported(load(None, argv=argv, environ=environ, directory=folder))


def test_what_is_supported_in_every_spelling(tmp_path: Path) -> None:
    """Files, arguments and variables; what is below other prefixes is not ours to judge."""
    lines = SUPPORTED.strip().splitlines()
    text = "".join(f"spring.cloud.config.server.{line}\n" for line in lines if "defaultLabel" not in line)
    started(
        tmp_path, text=text + "spring.cloud.config.uri: http://x\nspring.cloud.config.serverless: 1\n"[:0]
    )
    started(
        tmp_path,
        "--spring.cloud.config.server.git.searchPaths=a",
        SPRING_CLOUD_CONFIG_SERVER_GIT_DEFAULT_LABEL="main",
        SPRING_CLOUD_CONFIG_SERVER_GIT_TRYMASTERBRANCH="false",
        SPRING_CLOUD_CONFIG_SERVER_OVERRIDES_A="b",
    )


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("git.force-pull", "remote repositories"),
        ("git.username", "remote repositories"),
        ("git.refreshRate", "remote repositories"),
        ("git.proxy.https.host", "remote repositories"),
        ("git.repos.team.pattern", "by pattern"),
        ("native.search-locations", "backend"),
        ("composite[0].type", "backend"),
        ("vault.host", "backend"),
        ("jdbc.sql", "backend"),
        ("aws-secretsmanager.region", "backend"),
        ("svn.uri", "backend"),
        ("health.repositories.a.name", "health"),
        ("reverse-location-order", "not supported yet"),
        ("git.default-lable", "no such setting"),
        ("acceptempti", "no such setting"),
    ],
)
def test_what_is_not_ends_the_start(tmp_path: Path, key: str, told: str) -> None:
    """With key, value and place."""
    whole = f"spring.cloud.config.server.{key}"
    with pytest.raises(ConfigError, match=told) as refused:
        started(tmp_path, text=f"'{whole}': 7\n")
    assert whole in str(refused.value) and "application.yml:1" in str(refused.value)
    with pytest.raises(ConfigError, match=told):
        started(tmp_path, f"--{whole}=7")


def test_variables_too(tmp_path: Path) -> None:
    """The way containers are configured; a password is not shown."""
    with pytest.raises(ConfigError, match="remote repositories") as refused:
        started(tmp_path, SPRING_CLOUD_CONFIG_SERVER_GIT_PASSWORD="hunter2")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("profile", ["native", "vault", "jdbc", "composite", "subversion", "awss3"])
def test_profiles_of_other_backends(tmp_path: Path, profile: str) -> None:
    """What Spring switches backends with; `git` and one's own are none of them."""
    with pytest.raises(ConfigError, match=f"profile '{profile}' is not served"):
        started(tmp_path, f"--spring.profiles.active=dev,{profile}")
    started(tmp_path, "--spring.profiles.active=dev,git")
