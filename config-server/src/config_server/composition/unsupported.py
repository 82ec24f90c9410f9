"""Settings of Spring's server that this one does not have: they end the start, none is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator

from config_server.settings import ConfigServerSettings, MonitorSettings
from ressort.config import ConfigError, Environment, PropertySource, Value, bound_keys, letters_of

PREFIX = "spring.cloud.config.server"
_BACKENDS = {
    "native": "native",
    "composite": "composite",
    "jdbc": "jdbc",
    "vault": "vault",
    "redis": "redis",
    "awss3": "awss3",
    "mongodb": "mongodb",
    "svn": "subversion",
    "credhub": "credhub",
    "awssecretsmanager": "awssecretsmanager",
    "awsparamstore": "awsparamstore",
    "gcpsecretmanager": "secret-manager",
}
"""First word of the keys of each backend (its letters alone), and the profile that switches it on."""
_ONLY_GIT = "Serve the same files from a git repository on this machine; other backends come later."
_FOR_REMOTES = frozenset(
    [
        "username",
        "password",
        "passphrase",
        "timeout",
        "refreshrate",
        "cloneonstart",
        "clonesubmodules",
        "forcepull",
        "basedir",
        "deleteuntrackedbranches",
        "skipsslvalidation",
        "proxy",
        "ignorelocalsshsettings",
        "privatekey",
        "hostkey",
        "hostkeyalgorithm",
        "knownhostsfile",
        "preferredauthentications",
        "stricthostkeychecking",
    ]
)


def refuse_unsupported(env: Environment) -> None:
    """Raises ConfigError naming key, value, place and what to do, for the first that this server would not heed."""
    profile = next((each for each in env.active_profiles if each in _BACKENDS.values()), None)
    if profile is not None:
        key = "spring.profiles.active"
        raise ConfigError(
            f"the backend of the profile {profile!r} is not served here",
            key=key,
            value=",".join(env.active_profiles),
            origin=env.origin(key),
            remedy=_ONLY_GIT,
        )
    known = [
        letters_of(key.removesuffix(".*"))
        for cls, prefix in ((ConfigServerSettings, PREFIX), (MonitorSettings, f"{PREFIX}.monitor"))
        for key in bound_keys(cls, prefix)
    ]
    for key, value in _written(env.property_sources()):
        if not any(letters_of(key).startswith(each) for each in known):
            raise _refusal(key, value)


def _written(sources: list[PropertySource]) -> Iterator[tuple[str, Value]]:
    start = letters_of(PREFIX)
    for source in sources:
        for key, value in source.properties.items():
            if letters_of(key).startswith(start) and letters_of(key) != start:
                yield key, value


def _refusal(key: str, value: Value) -> ConfigError:
    rest = letters_of(key).removeprefix(letters_of(PREFIX))
    reason, remedy = "there is no such setting", "Correct its name, or take it out."
    if any(rest.startswith(word) for word in _BACKENDS):
        reason, remedy = "that backend is not served here", _ONLY_GIT
    elif rest.startswith("gitrepos"):
        reason, remedy = "repositories by pattern are not served here", "Start one server per repository."
    elif rest.startswith("git") and any(rest.startswith(f"git{word}") for word in _FOR_REMOTES):
        reason = "it is for remote repositories, and only those on this machine are served"
        remedy = "Fetch into a local clone (a bare mirror is enough), name it in git.uri, and take this out."
    elif rest.startswith("health"):
        reason, remedy = "the health of this server looks at its default label alone", "Take it out."
    elif any(
        rest.startswith(word)
        for word in ("failoncompositeerror", "bootstrap", "reverselocationorder", "enabled")
    ):
        reason, remedy = "not supported yet", "Take it out."
    return ConfigError(reason, key=key, value=value.value, origin=value.origin, remedy=remedy)
