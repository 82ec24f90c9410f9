"""Settings of the configuration server, under Spring's names."""

from __future__ import annotations

from dataclasses import dataclass, field

from ressort.config import data_size, duration, properties, value


@dataclass(frozen=True)
class GitSettings:
    """The repository. Without ``uri`` the folder ``ressort.config-server.folder`` of the checkout is served.

    ``uri`` is a path or ``file:`` URI of a repository on this machine. Without ``default_label`` it is
    ``main`` (then ``master`` when ``try_master_branch``) for a given repository and ``HEAD`` for the folder.
    """

    uri: str = ""
    default_label: str = ""
    try_master_branch: bool = True
    search_paths: tuple[str, ...] = ()


@dataclass(frozen=True)
class EncryptionSettings:
    """What becomes of ``{cipher}`` values in answers; the key itself is under ``encrypt.*``."""

    enabled: bool = True
    plain_text_encrypt: bool = False
    prefix_invalid_properties: bool = True


@properties("spring.cloud.config.server")
@dataclass(frozen=True)
class ConfigServerSettings:
    """What is served and how answers look."""

    git: GitSettings = GitSettings()
    prefix: str = ""
    default_label: str = ""
    accept_empty: bool = True
    strip_document_from_yaml: bool = True
    encrypt: EncryptionSettings = EncryptionSettings()
    default_application_name: str = "application"
    default_profile: str = "default"
    overrides: dict[str, str] = field(default_factory=dict)


@properties("ressort.config-server")
@dataclass(frozen=True)
class EmbeddedSettings:
    """Ours: the folder of the checkout that is served when no repository is given."""

    folder: str = value(
        "config-repo", check=lambda folder: "an inner path is needed" if ".." in folder else None
    )


@properties("ressort.config-server.compatibility")
@dataclass(frozen=True)
class CompatibilitySettings:
    """Ours: what files of the repository may decide, and ways back to the original's.

    ``legacy_profiles`` takes ``spring.profiles`` of old files, an error since Boot 2.4, as their activation.
    ``strict_slashes`` answers doubled slashes and one at the end of a path with 404.
    """

    repository_profiles: bool = True
    repository_imports: bool = True
    legacy_profiles: bool = False
    strict_slashes: bool = False


@dataclass(frozen=True)
class WatchSettings:
    """``/watch``: its first path segment, how often references are looked at, how many clients may wait."""

    enabled: bool = True
    path: str = value(
        "watch",
        check=lambda path: None if path.replace("-", "").isalnum() else "one path segment is needed",
    )
    interval_s: float = duration("100ms", minimum=0.01)
    heartbeat_s: float = duration("15s", minimum=0.05)
    timeout_s: float = duration("30s", minimum=0)
    max_timeout_s: float = duration("300s", minimum=0)
    max_watchers: int = value(500, minimum=1)


@properties("ressort.config-server")
@dataclass(frozen=True)
class PushSettings:
    """Ours: how changes reach clients. ``fill_state`` false leaves ``state`` empty, as Spring does for git."""

    fill_state: bool = True
    watch: WatchSettings = WatchSettings()
    monitor: SignatureSettings = field(default_factory=lambda: SignatureSettings())


@dataclass(frozen=True)
class SecretSettings:
    """What a sender of push messages proves itself with."""

    secret: str = ""


@dataclass(frozen=True)
class SignatureSettings:
    """Secrets by sender; once one is set, messages without a valid proof are refused. Bodies are bounded."""

    enabled: bool = True
    max_body_size_bytes: int = data_size("5MB")
    github: SecretSettings = SecretSettings()
    gitlab: SecretSettings = SecretSettings()
    bitbucket: SecretSettings = SecretSettings()
    gitea: SecretSettings = SecretSettings()
    gitee: SecretSettings = SecretSettings()
    gogs: SecretSettings = SecretSettings()

    def secrets(self) -> dict[str, str]:
        """Sender -> secret, those that have one."""
        senders = ("github", "gitlab", "bitbucket", "gitea", "gitee", "gogs")
        return {name: secret for name in senders if (secret := getattr(self, name).secret)}


@dataclass(frozen=True)
class SenderSettings:
    """Whether messages of a sender are understood."""

    enabled: bool = True


@properties("spring.cloud.config.server.monitor")
@dataclass(frozen=True)
class MonitorSettings:
    """Spring's switches of `/monitor`, one per sender. ``fixed_delay`` may not be set: folders are not polled."""

    fixed_delay: str = ""
    initial_delay: str = ""
    github: SenderSettings = SenderSettings()
    gitlab: SenderSettings = SenderSettings()
    bitbucket: SenderSettings = SenderSettings()
    gitea: SenderSettings = SenderSettings()
    gitee: SenderSettings = SenderSettings()
    gogs: SenderSettings = SenderSettings()

    def senders(self) -> list[str]:
        """Those understood."""
        senders = ("github", "gitlab", "bitbucket", "gitea", "gitee", "gogs")
        return [name for name in senders if getattr(self, name).enabled]


@properties("spring.cloud.config.monitor.endpoint")
@dataclass(frozen=True)
class MonitorEndpointSettings:
    """``path`` stands before `/monitor`; the server's own prefix does not."""

    path: str = ""
