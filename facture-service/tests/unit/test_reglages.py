"""Settings that could not make a lawful number or a seller are told at start, with their key."""

from __future__ import annotations

from typing import Any

import pytest

from facture_service.adapters.configuration import VendeurConfigure
from facture_service.settings import Series, Settings
from ressort.config import ConfigError, load


@pytest.mark.parametrize(
    ("reglage", "cle"),
    [
        ({"debut_exercice": "31-12"}, "debut-exercice"),
        ({"prefixe_facture": "FA 1"}, "prefixe-facture"),
        ({"prefixe_avoir": "FA"}, "prefixe-avoir"),
        ({"chiffres": 0}, "chiffres"),
        ({"premier_numero": 0}, "premier-numero"),
    ],
)
def test_wrong_series_are_told_by_their_key(reglage: Any, cle: str) -> None:
    """The message names the property."""
    with pytest.raises(ConfigError, match=cle):
        Series(**reglage).regles()


def test_settings_are_read_from_springs_keys() -> None:
    """Kebab case in the file, snake case in the code."""
    env = load(None, ["--facture.series.prefixe-facture=F", "--facture.series.debut-exercice=07-01"], {})
    regles = env.bind(Settings).series.regles()
    assert (regles.prefixe_facture, regles.debut_exercice) == ("F", (7, 1))


class Environnement:
    """An environment whose values a test changes."""

    def __init__(self, **valeurs: str) -> None:
        self.valeurs = valeurs
        self.listeners: list[Any] = []

    def bind(self, cls: Any) -> Any:
        if "invalide" in self.valeurs:
            raise ConfigError("wrong", key="entreprise.franchise-tva", value="peut-être")
        return cls(**self.valeurs)

    def on_change(self, listener: Any) -> None:
        self.listeners.append(listener)

    def changer(self, **valeurs: str) -> None:
        self.valeurs = valeurs
        for listener in self.listeners:
            listener({"entreprise.nom"})


def test_seller_follows_the_configuration_and_survives_a_bad_one() -> None:
    """A new name counts at once; a value of the wrong kind leaves the seller as it was."""
    env: Any = Environnement(nom="Avant")
    vendeur = VendeurConfigure(env)
    env.changer(nom="Après")
    assert vendeur().nom == "Après"
    env.changer(invalide="x")
    assert vendeur().nom == "Après"
