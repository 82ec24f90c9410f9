"""Configuration the Spring way: ``load`` the settings of a process, ``bind`` them to dataclasses."""

from ressort.config.binding import bound_keys
from ressort.config.central import CentralConfiguration, CentralState
from ressort.config.documents import Document, read_documents
from ressort.config.encryption import EncryptSettings
from ressort.config.environment import Environment, load
from ressort.config.errors import ConfigError, is_secret, masked
from ressort.config.fields import data_size, duration, properties, value
from ressort.config.live import Live
from ressort.config.names import environment_name, letters_of
from ressort.config.near_miss import NearMiss, declare, declared_keys
from ressort.config.options import ConfigClientOptions
from ressort.config.placeholders import resolve
from ressort.config.sources import Origin, PropertySource, Value
from ressort.config.watch import ConfigWatcher

__all__ = [
    "CentralConfiguration",
    "CentralState",
    "ConfigClientOptions",
    "ConfigError",
    "ConfigWatcher",
    "Document",
    "EncryptSettings",
    "Environment",
    "Live",
    "NearMiss",
    "Origin",
    "PropertySource",
    "Value",
    "bound_keys",
    "data_size",
    "declare",
    "declared_keys",
    "duration",
    "environment_name",
    "is_secret",
    "letters_of",
    "load",
    "masked",
    "properties",
    "read_documents",
    "resolve",
    "value",
]
