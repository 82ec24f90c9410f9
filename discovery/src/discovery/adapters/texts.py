"""The words of the page, in French and English."""

from __future__ import annotations

LANGUAGES = ("fr", "en")

FRENCH = {
    "title": "Registre des services",
    "skip": "Aller au contenu",
    "language": "Langue",
    "environment": "Environnement",
    "datacenter": "Centre de données",
    "summary": "État du registre",
    "applications": "Services",
    "instances": "Instances",
    "renewals": "Battements reçus en une minute",
    "expected": "attendus",
    "uptime": "En marche depuis",
    "protection": "Autoprotection",
    "protection.off": "Désactivée",
    "protection.small": "Au repos",
    "protection.watching": "En veille",
    "protection.active": "Active",
    "protection.off.why": "Une instance dont le bail expire est toujours retirée.",
    "protection.small.why": "Tant que le registre compte moins de {minimum} instances, "
    "toute instance dont le bail expire est retirée aussitôt.",
    "protection.watching.why": "Si plus de {percent} % des instances se taisaient en une minute, "
    "le réseau serait soupçonné et plus aucune ne serait retirée.",
    "protection.active.why": "{late} instances se taisent depuis peu : le réseau est soupçonné, "
    "aucune n'est retirée. Certaines adresses ci-dessous peuvent ne plus répondre.",
    "filter": "Filtrer les instances",
    "registered": "Instances enregistrées",
    "none": "Aucune instance n'est enregistrée.",
    "service": "Service",
    "instance": "Instance",
    "status": "État",
    "address": "Adresse",
    "zone": "zone",
    "beat": "Dernier battement",
    "lease": "bail restant :",
    "since": "Enregistrée depuis",
    "ago": "il y a {duration}",
    "left": "{left} sur {total}",
    "late": "expiré",
    "overridden": "imposé",
    "metadata": "Métadonnées",
    "no_metadata": "aucune",
    "link.home": "accueil",
    "link.info": "informations",
    "link.health": "santé",
    "arrivals": "Derniers enregistrements",
    "departures": "Derniers départs",
    "acts": "Actes des opérateurs",
    "nothing": "Rien depuis le démarrage.",
    "kind.registered": "enregistrée",
    "kind.cancelled": "désinscrite",
    "kind.expired": "bail expiré",
    "kind.evicted": "désinscrite",
    "kind.overridden": "état imposé\u00a0:",
    "kind.restored": "état imposé levé",
    "stale": "Le registre ne répond plus ; la page montre son dernier état connu.",
    "updated": "{count} instances enregistrées",
    "json": "Ces données en JSON",
    "UP": "en service",
    "DOWN": "hors d'état",
    "STARTING": "démarre",
    "OUT_OF_SERVICE": "hors service",
    "UNKNOWN": "inconnu",
}

ENGLISH = {
    "title": "Service registry",
    "skip": "Skip to content",
    "language": "Language",
    "environment": "Environment",
    "datacenter": "Data center",
    "summary": "State of the registry",
    "applications": "Services",
    "instances": "Instances",
    "renewals": "Heartbeats within a minute",
    "expected": "expected",
    "uptime": "Up for",
    "protection": "Self-preservation",
    "protection.off": "Switched off",
    "protection.small": "At rest",
    "protection.watching": "Watching",
    "protection.active": "Active",
    "protection.off.why": "An instance whose lease runs out is always removed.",
    "protection.small.why": "While the registry has fewer than {minimum} instances, "
    "any instance whose lease runs out is removed at once.",
    "protection.watching.why": "If more than {percent} % of the instances fell silent within a minute, "
    "the network would be suspected and none would be removed any more.",
    "protection.active.why": "{late} instances fell silent lately: the network is suspected, "
    "none is removed. Some addresses below may no longer answer.",
    "filter": "Filter instances",
    "registered": "Registered instances",
    "none": "No instance is registered.",
    "service": "Service",
    "instance": "Instance",
    "status": "Status",
    "address": "Address",
    "zone": "zone",
    "beat": "Last heartbeat",
    "lease": "lease left:",
    "since": "Registered for",
    "ago": "{duration} ago",
    "left": "{left} of {total}",
    "late": "run out",
    "overridden": "imposed",
    "metadata": "Metadata",
    "no_metadata": "none",
    "link.home": "home",
    "link.info": "info",
    "link.health": "health",
    "arrivals": "Last registrations",
    "departures": "Last departures",
    "acts": "Acts of operators",
    "nothing": "Nothing since the start.",
    "kind.registered": "registered",
    "kind.cancelled": "deregistered",
    "kind.expired": "lease ran out",
    "kind.evicted": "evicted",
    "kind.overridden": "status imposed:",
    "kind.restored": "imposed status lifted",
    "stale": "The registry does not answer; this page shows its last known state.",
    "updated": "{count} instances registered",
    "json": "These data as JSON",
    "UP": "up",
    "DOWN": "down",
    "STARTING": "starting",
    "OUT_OF_SERVICE": "out of service",
    "UNKNOWN": "unknown",
}

TEXTS = {"fr": FRENCH, "en": ENGLISH}
_DAY = {"fr": "j", "en": "d"}


def duration_text(seconds: float, language: str) -> str:
    """`12 s`, `3 min`, `2 h 05`, `4 j 3 h`: as much as a reader wants to know."""
    whole = max(0, int(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    if whole < 86400:
        return f"{whole // 3600} h {whole % 3600 // 60:02d}"
    return f"{whole // 86400} {_DAY[language]} {whole % 86400 // 3600} h"
