"""What the gateway's own problem documents say, by code and language; refusals of the parser by status."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "service-indisponible": {
        "fr": (
            "Service indisponible",
            "Le service demandé ne répond pas ; réessayez dans quelques instants.",
        ),
        "en": ("Service unavailable", "The service asked for does not answer; try again shortly."),
    },
    "delai-depasse": {
        "fr": (
            "Réponse trop tardive",
            "Le service demandé n'a pas répondu à temps ; vérifiez le résultat avant de recommencer.",
        ),
        "en": ("Answer too late", "The service asked for did not answer in time; check before trying again."),
    },
    "ressource-introuvable": {
        "fr": ("Ressource introuvable", "Rien ne se trouve à cette adresse."),
        "en": ("Not found", "There is nothing at this address."),
    },
    "exploitation-fermee": {
        "fr": (
            "Exploitation fermée",
            "Les appels d'exploitation ne sont servis que si la passerelle n'écoute que sur la boucle locale ; "
            "elle écoute sur {address}.",
        ),
        "en": (
            "Operations are closed",
            "Operations are served only when the gateway listens on the loopback alone; it listens on {address}.",
        ),
    },
    "hote-etranger": {
        "fr": (
            "Appel d'une autre machine",
            "Les appels d'exploitation viennent de cette machine ; reçu : {seen}.",
        ),
        "en": ("Call of another machine", "Operations are called from this machine; received: {seen}."),
    },
    "appel-etranger": {
        "fr": (
            "Appel d'une page étrangère",
            "Une écriture vient de nos pages (Origin ou Sec-Fetch-Site) ou porte X-Requested-With: ressort.",
        ),
        "en": (
            "Call of a foreign page",
            "A write comes from our own pages (Origin or Sec-Fetch-Site) or carries X-Requested-With: ressort.",
        ),
    },
    "appel-non-permis": {
        "fr": ("Appel non permis", "L'exploitation n'ouvre rien sous « {path} »."),
        "en": ("Call not open", "Operations open nothing below '{path}'."),
    },
    "methode-non-permise": {
        "fr": ("Méthode non permise", "La méthode {method} n'est pas permise ici ; permises : {allowed}."),
        "en": ("Method not allowed", "The method {method} is not allowed here; allowed: {allowed}."),
    },
    "instance-inconnue": {
        "fr": (
            "Instance inconnue",
            "L'application « {application} » n'a pas d'instance « {id} » au registre.",
        ),
        "en": ("Unknown instance", "The registry has no instance '{id}' of the application '{application}'."),
    },
    "instance-injoignable": {
        "fr": ("Instance injoignable", "« {name} » ({address}) ne répond pas : {reason}."),
        "en": ("Instance unreachable", "'{name}' ({address}) does not answer: {reason}."),
    },
    "registre-injoignable": {
        "fr": ("Registre injoignable", "Le registre des services ({address}) ne répond pas : {reason}."),
        "en": ("Registry unreachable", "The registry ({address}) does not answer: {reason}."),
    },
    "registre-absent": {
        "fr": ("Pas de registre", "La passerelle ne suit aucun registre (eureka.client.enabled=false)."),
        "en": ("No registry", "The gateway follows no registry (eureka.client.enabled=false)."),
    },
    "configuration-injoignable": {
        "fr": (
            "Configuration injoignable",
            "Le serveur de configuration ({address}) ne répond pas : {reason}.",
        ),
        "en": ("Configuration unreachable", "The config server ({address}) does not answer: {reason}."),
    },
    "configuration-absente": {
        "fr": ("Pas de serveur de configuration", "La passerelle ne lit aucun serveur de configuration."),
        "en": ("No config server", "The gateway reads from no config server."),
    },
    "requete-invalide": {
        "fr": ("Requête invalide", "{summary}"),
        "en": ("Bad request", "{summary}"),
    },
}


REFUSALS: Mapping[int, tuple[str, str, str]] = {
    400: ("requete-illisible", "Requête illisible", "Malformed request"),
    405: ("methode-non-servie", "Méthode non servie", "Method not served"),
    408: ("requete-incomplete", "Requête restée incomplète", "Request not complete in time"),
    413: ("corps-trop-grand", "Corps trop grand", "Body too large"),
    414: ("adresse-trop-longue", "Adresse trop longue", "Request target too long"),
    417: ("attente-inconnue", "Attente inconnue", "Unknown expectation"),
    431: ("entetes-trop-grands", "En-têtes trop grands", "Request head too large"),
    501: ("methode-inconnue", "Méthode inconnue", "Unknown method"),
    505: ("version-http-non-servie", "Version de HTTP non servie", "HTTP version not served"),
}
