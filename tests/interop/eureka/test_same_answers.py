"""The same requests to Spring's registry and to ours, and their answers compared.

Where we differ on purpose (docs/discovery.md) the scenario says so beside the step: empty bodies of errors,
400 instead of 500, doubled slashes and gzipped registrations accepted.
"""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

pytestmark = [pytest.mark.part("java", "maven"), pytest.mark.xdist_group("eureka-interop")]

TIMES = {
    "registrationTimestamp",
    "lastRenewalTimestamp",
    "evictionTimestamp",
    "serviceUpTimestamp",
    "lastUpdatedTimestamp",
    "lastDirtyTimestamp",
    "versions__delta",
}
JSON = {"Accept": "application/json"}
XML = {"Accept": "application/xml"}


@dataclass(frozen=True)
class Ask:
    """One request, and what ours answers where it differs on purpose."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=lambda: dict(JSON))
    json: Any = None
    data: str | None = None
    ours: int | None = None


def instance(name: str, app: str, /, **fields: Any) -> dict[str, Any]:
    value = {
        "instanceId": name,
        "app": app.upper(),
        "hostName": "h1",
        "ipAddr": "10.0.0.1",
        "status": "UP",
        "port": {"$": 8080, "@enabled": "true"},
        "securePort": {"$": 8443, "@enabled": "false"},
        "countryId": 1,
        "dataCenterInfo": {
            "@class": "com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo",
            "name": "MyOwn",
        },
        "leaseInfo": {"renewalIntervalInSecs": 30, "durationInSecs": 90},
        "metadata": {"my_key": "1", "zone": "lyon"},
        "homePageUrl": "http://h1:8080/",
        "vipAddress": f"{app}-vip,other",
        "secureVipAddress": f"{app}-vip",
        "lastDirtyTimestamp": "1700000000000",
    } | fields
    return {"instance": {key: item for key, item in value.items() if item is not None}}


def register(name: str, app: str, /, **fields: Any) -> Ask:
    return Ask("POST", f"apps/{app}", json=instance(name, app, **fields))


XML_INSTANCE = """<instance><instanceId>x1</instanceId><hostName>h1</hostName><app>XML</app>
<ipAddr>10.0.0.1</ipAddr><status>UP</status><overriddenstatus>UNKNOWN</overriddenstatus>
<port enabled="true">8080</port><securePort enabled="false">443</securePort><countryId>1</countryId>
<dataCenterInfo class="com.netflix.appinfo.InstanceInfo$DefaultDataCenterInfo"><name>MyOwn</name></dataCenterInfo>
<metadata><my__key>1</my__key><a_.0020b>2</a_.0020b></metadata><vipAddress>xml</vipAddress></instance>"""

SCENARIOS: dict[str, list[Ask]] = {
    "register, read, beat, cancel": [
        register("a1", "alpha"),
        Ask("GET", "apps/alpha"),
        Ask("GET", "apps/ALPHA/"),
        Ask("GET", "apps/ALPHA", XML),
        Ask("GET", "apps/ALPHA", {}),
        Ask("GET", "apps/ALPHA/a1"),
        Ask("GET", "apps/ALPHA/a1", XML),
        Ask("GET", "instances/a1"),
        Ask("GET", "v2/apps/ALPHA/a1"),
        Ask("GET", "apps/ALPHA", JSON | {"X-Eureka-Accept": "compact"}),
        Ask("GET", "apps/ALPHA", XML | {"X-Eureka-Accept": "compact"}),
        Ask("PUT", "apps/ALPHA/a1?status=UP&lastDirtyTimestamp=1700000000000"),
        Ask("PUT", "apps/ALPHA/a1?status=UP&lastDirtyTimestamp=1600000000000"),
        Ask("PUT", "apps/ALPHA/a1?status=UP&lastDirtyTimestamp=1800000000000"),
        Ask("PUT", "apps/ALPHA/a1?status=UP&lastDirtyTimestamp=x", ours=400),
        Ask("PUT", "apps/ALPHA/nobody?status=UP"),
        Ask("DELETE", "apps/ALPHA/a1"),
        Ask("DELETE", "apps/ALPHA/a1"),
        Ask("GET", "apps/ALPHA"),
        Ask("GET", "apps/ALPHA/a1"),
        Ask("GET", "instances/a1"),
    ],
    "status overrides": [
        register("b1", "beta"),
        Ask("PUT", "apps/BETA/b1/status?value=OUT_OF_SERVICE"),
        Ask("GET", "apps/BETA/b1"),
        register("b1", "beta", lastDirtyTimestamp="1700000000001"),
        Ask("GET", "apps/BETA"),
        Ask("PUT", "apps/BETA/b1?status=UP&lastDirtyTimestamp=1700000000001"),
        Ask("DELETE", "apps/BETA/b1/status?value=UP"),
        Ask("GET", "apps/BETA"),
        Ask("PUT", "apps/BETA/b1/status?value=OUT_OF_SERVICE"),
        Ask("DELETE", "apps/BETA/b1/status"),
        Ask("GET", "apps/BETA"),
        Ask("PUT", "apps/BETA/b1?status=UP&lastDirtyTimestamp=1700000000001"),
        Ask("PUT", "apps/BETA/b1/status?value=SLEEPING", ours=400),
        Ask("PUT", "apps/BETA/nobody/status?value=UP"),
        Ask("DELETE", "apps/BETA/nobody/status"),
        Ask("DELETE", "apps/BETA/b1"),
    ],
    "statuses a client states": [
        register("c1", "gamma", status="STARTING"),
        Ask("GET", "apps/GAMMA"),
        register("c1", "gamma", status="UP", lastDirtyTimestamp="1700000000001"),
        Ask("GET", "apps/GAMMA"),
        register("c1", "gamma", status="OUT_OF_SERVICE", lastDirtyTimestamp="1700000000002"),
        Ask("GET", "apps/GAMMA"),
        register("c1", "gamma", status="DOWN", lastDirtyTimestamp="1700000000003"),
        Ask("GET", "apps/GAMMA"),
        register("c1", "gamma", status="UP", lastDirtyTimestamp="1700000000001"),
        Ask("GET", "apps/GAMMA"),
        register("c1", "gamma", status="SNOOZING", lastDirtyTimestamp="1700000000009"),
        Ask("GET", "apps/GAMMA"),
        Ask("DELETE", "apps/GAMMA/c1"),
    ],
    "virtual hosts": [
        register("d1", "delta-app"),
        register("d2", "delta-app", status="DOWN"),
        Ask("GET", "vips/delta-app-vip"),
        Ask("GET", "vips/other", XML),
        Ask("GET", "svips/delta-app-vip"),
        Ask("GET", "vips/nobody"),
        Ask("GET", "vips/nobody", XML),
        Ask("GET", "vips/DELTA-APP-VIP"),
        Ask("DELETE", "apps/DELTA-APP/d1"),
        Ask("DELETE", "apps/DELTA-APP/d2"),
    ],
    "the whole registry and its delta": [
        register("e1", "epsilon"),
        register("e2", "epsilon", status="DOWN"),
        register("z1", "zeta", metadata=None),
        Ask("GET", "apps"),
        Ask("GET", "apps/"),
        Ask("GET", "apps", XML),
        Ask("GET", "apps", JSON | {"X-Eureka-Accept": "compact"}),
        Ask("GET", "apps", {}),
        Ask("GET", "apps", {"Accept": "text/html"}),
        Ask("DELETE", "apps/EPSILON/e1"),
        Ask("DELETE", "apps/EPSILON/e2"),
        Ask("DELETE", "apps/ZETA/z1"),
        Ask("GET", "apps"),
        Ask("GET", "apps", XML),
    ],
    "metadata": [
        register("f1", "eta"),
        Ask("PUT", "apps/ETA/f1/metadata?weight=3&zone=paris"),
        Ask("GET", "apps/ETA"),
        Ask("PUT", "apps/ETA/nobody/metadata?weight=3"),
        Ask("DELETE", "apps/ETA/f1"),
    ],
    "xml registration": [
        Ask("POST", "apps/XML", {"Content-Type": "application/xml"}, data=XML_INSTANCE),
        Ask("GET", "apps/XML/x1"),
        Ask("GET", "apps/XML/x1", XML),
        Ask("DELETE", "apps/XML/x1"),
    ],
    "what old and foreign clients leave out": [
        register("g1", "theta", leaseInfo=None, securePort=None, metadata=None, countryId=None),
        Ask("GET", "apps/THETA"),
        Ask("DELETE", "apps/THETA/g1"),
        register("", "theta", instanceId=None),
        Ask("GET", "apps/THETA"),
        Ask("GET", "apps/THETA/h1"),
        Ask("DELETE", "apps/THETA/h1"),
        register("g3", "theta", metadata={"n": 1, "b": True}, isCoordinatingDiscoveryServer=True, sid="na"),
        Ask("GET", "apps/THETA"),
        Ask("DELETE", "apps/THETA/g3"),
        register("g4", "theta", port={"$": "abc", "@enabled": True}),
        Ask("GET", "apps/THETA"),
        Ask("DELETE", "apps/THETA/g4"),
    ],
    "refusals": [
        register("h1", "iota", hostName=None),
        register("h1", "iota", ipAddr=None),
        register("h1", "iota", app=""),
        register("h1", "iota", app="OTHER"),
        register("h1", "iota", dataCenterInfo=None),
        Ask("POST", "apps/IOTA", {"Content-Type": "application/json"}, data="{"),
        Ask("POST", "apps/IOTA", {"Content-Type": "application/json"}, data=""),
        Ask("POST", "apps/IOTA", {"Content-Type": "application/xml"}, data="<instance>"),
        Ask("POST", "apps/IOTA", {"Content-Type": "text/plain"}, data="a=b"),
        Ask("POST", "apps"),
        Ask("GET", "nothing"),
        Ask("GET", "apps/NOBODY"),
        Ask("GET", "apps/NOBODY", XML),
    ],
    "dangerous xml": [
        Ask(
            "POST",
            "apps/XML",
            {"Content-Type": "application/xml"},
            data='<!DOCTYPE i [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
            + XML_INSTANCE.replace(">h1<", ">&e;<"),
        ),
        Ask("GET", "apps/XML"),
    ],
}


def ask(base: str, step: Ask) -> requests.Response:
    headers = {"Accept": None} | step.headers
    return requests.request(
        step.method,
        base + step.path,
        headers=headers,
        json=step.json,
        data=step.data,
        timeout=10,
        allow_redirects=False,
    )


def meaning(answer: requests.Response) -> Any:
    """The body without what differs between any two runs: times, versions, order of fields and of lists."""
    if not answer.content:
        return ""
    if answer.text.lstrip().startswith("<"):
        return timeless_xml(ElementTree.fromstring(answer.content))
    return timeless(json.loads(answer.content))


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key not in TIMES}
    if isinstance(value, list):
        return sorted((timeless(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def timeless_xml(element: ElementTree.Element) -> Any:
    children = [timeless_xml(child) for child in element if child.tag not in TIMES]
    text = (element.text or "").strip()
    return [element.tag, dict(element.attrib), text, sorted(children, key=repr)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_both_registries_answer_alike(name: str, spring_registry: str, our_registry: str) -> None:
    """Status of every step, and the body of every success."""
    for number, step in enumerate(SCENARIOS[name]):
        theirs, ours = ask(spring_registry, step), ask(our_registry, step)
        where = f"{name}, step {number}: {step.method} {step.path} {step.headers}"
        if step.ours is not None:
            assert ours.status_code == step.ours, where
            continue
        assert ours.status_code == theirs.status_code, f"{where}: {theirs.text[:300]}"
        if theirs.ok:
            assert meaning(ours) == meaning(theirs), where
            told, ours_told = theirs.headers.get("Content-Type", ""), ours.headers.get("Content-Type", "")
            assert ours_told.partition(";")[0] == told.partition(";")[0], where


def test_deltas_tell_the_same_story(spring_registry: str, our_registry: str) -> None:
    """After arrivals, a change and a departure: same instances, actions and hash."""
    steps = [
        register("k1", "kappa"),
        register("k2", "kappa"),
        register("k3", "kappa"),
        Ask("PUT", "apps/KAPPA/k2/status?value=OUT_OF_SERVICE"),
        Ask("DELETE", "apps/KAPPA/k3"),
    ]
    stories = []
    for base in (spring_registry, our_registry):
        for step in steps:
            assert ask(base, step).ok
        delta = ask(base, Ask("GET", "apps/delta")).json()["applications"]
        (kappa,) = [a for a in delta["application"] if a["name"] == "KAPPA"]
        told = sorted((i["instanceId"], i["status"], i["actionType"]) for i in kappa["instance"])
        stories.append((told, delta["apps__hashcode"]))
        for name in ("k1", "k2"):
            ask(base, Ask("DELETE", f"apps/KAPPA/{name}"))
    assert stories[0] == stories[1]
