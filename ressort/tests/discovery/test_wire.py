"""Eureka's wire: what is written is exact, what is read is forgiven, what is dangerous is refused."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ressort.discovery.wire import (
    DataCenter,
    Form,
    InstanceInfo,
    Lease,
    Port,
    WireError,
    decode_name,
    encode_name,
    hashcode,
    read_applications,
    read_instance,
    write_application,
    write_applications,
    write_instance,
)

ORDERS = InstanceInfo(
    app="ORDERS",
    host_name="h1",
    ip_addr="10.0.0.1",
    instance_id="h1:orders:8080",
    port=Port(8080, True),
    secure_port=Port(443, False),
    data_center=DataCenter(),
    lease=Lease(5, 15, 1, 2, 0, 1),
    metadata={"management.port": "8080", "my_key": "<&>"},
    vip="orders",
    secure_vip="orders",
    last_updated_ms=3000,
    last_dirty_ms=2900,
    action="ADDED",
)


def registry(form: Form, *infos: InstanceInfo, version: str = "7") -> bytes:
    fragments = [write_instance(info, form, root=False) for info in infos]
    application = write_application("ORDERS", fragments, form, root=False)
    return write_applications(
        version, hashcode(i.status for i in infos), [application] if infos else [], form
    )


def test_json_full_form_has_eurekas_types() -> None:
    """Numbers, strings and arrays are exactly where Java clients expect them."""
    document = orjson.loads(registry(Form.JSON, ORDERS))["applications"]
    instance = document["application"][0]["instance"][0]
    assert (document["versions__delta"], document["apps__hashcode"]) == ("7", "UP_1_")
    assert instance["port"] == {"$": 8080, "@enabled": "true"}
    assert instance["leaseInfo"]["durationInSecs"] == 15
    assert instance["lastUpdatedTimestamp"] == "3000"
    assert instance["isCoordinatingDiscoveryServer"] == "false"
    assert instance["dataCenterInfo"]["@class"].endswith("DefaultDataCenterInfo")
    assert "appGroupName" not in instance


def test_empty_registry_is_the_originals() -> None:
    """Nothing registered: version as given, no hash, an empty array."""
    assert registry(Form.JSON, version="1") == (
        b'{"applications":{"versions__delta":"1","apps__hashcode":"","application":[]}}'
    )


def test_empty_metadata_carries_javas_class() -> None:
    """The original's marker of an empty map is written, and dropped when read."""
    bare = InstanceInfo(app="A", host_name="h", ip_addr="1.2.3.4", data_center=DataCenter())
    written = write_instance(bare, Form.JSON)
    assert b'"metadata":{"@class":"java.util.Collections$EmptyMap"}' in written
    assert read_instance(written, True).metadata == {}
    assert b'<metadata class="java.util.Collections$EmptyMap"/>' in write_instance(bare, Form.XML)


@pytest.mark.parametrize("form", [Form.JSON, Form.XML])
def test_what_is_written_reads_back_the_same(form: Form) -> None:
    """A full registry makes the round trip in both formats."""
    body = registry(form, ORDERS)
    assert read_applications(body, form.is_json).instances == (ORDERS,)
    assert read_instance(write_instance(ORDERS, form), form.is_json) == ORDERS


def test_compact_form_drops_lease_metadata_and_pages() -> None:
    """Only what a caller needs is left, the update stamp as a number."""
    compact = orjson.loads(write_instance(ORDERS, Form.JSON_COMPACT))["instance"]
    assert compact["lastUpdatedTimestamp"] == 3000
    assert (
        not {"leaseInfo", "metadata", "overriddenStatus", "countryId", "lastDirtyTimestamp"} & compact.keys()
    )


def test_xml_spells_the_override_in_lower_case() -> None:
    """`overriddenstatus` in XML, camel case in JSON."""
    assert b"<overriddenstatus>UNKNOWN</overriddenstatus>" in write_instance(ORDERS, Form.XML)
    assert b'"overriddenStatus":"UNKNOWN"' in write_instance(ORDERS, Form.JSON)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("my_key", "my__key"),
        ("a b", "a_.0020b"),
        ("1x", "_.0031x"),
        ("a$b", "a_-b"),
        ("prometheus.io/path", "prometheus.io_.002fpath"),
        ("ns:foo", "ns_.003afoo"),
    ],
)
def test_map_keys_become_xml_names(key: str, name: str) -> None:
    """XStream's escapes, and the colon the original forgets."""
    assert encode_name(key) == name
    assert decode_name(name) == key


def test_a_lone_underscore_is_kept() -> None:
    """Names not written by an escaping server stay as they are."""
    assert decode_name("a_b") == "a_b"


@given(st.dictionaries(st.text(min_size=1).filter(lambda k: k != "@class"), st.text(), max_size=4))
def test_any_metadata_leaves_the_xml_well_formed(metadata: dict[str, str]) -> None:
    """No registered text can make the registry unreadable, and its keys come back."""
    info = InstanceInfo(app="A", host_name="h", ip_addr="i", data_center=DataCenter(), metadata=metadata)
    document = write_instance(info, Form.XML)
    ElementTree.fromstring(document)
    assert set(read_instance(document, False).metadata) == set(metadata)


def instance(**fields: Any) -> InstanceInfo:
    base = {"app": "orders", "hostName": "h", "ipAddr": "1.1.1.1", "dataCenterInfo": {"name": "MyOwn"}}
    return read_instance(orjson.dumps({"instance": base | fields}), True)


def test_absent_fields_get_the_originals_defaults() -> None:
    """What old clients leave out is filled as the Java codec fills it."""
    bare = instance()
    assert (bare.status, bare.overridden_status, bare.app) == ("UP", "UNKNOWN", "ORDERS")
    assert (bare.port, bare.secure_port) == (Port(7001, True), Port(7002, False))
    assert (bare.lease.renewal_interval_s, bare.lease.duration_s) == (30, 90)
    assert (bare.instance_id, bare.id) == ("", "h")


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        ({"$": "8080", "@enabled": True}, Port(8080, True)),
        ({"$": "abc", "@enabled": "FALSE"}, Port(0, False)),
        ({"$": -1, "@enabled": "True"}, Port(-1, True)),
        (8080, Port(8080, True)),
    ],
)
def test_odd_ports_are_understood(sent: Any, read: Port) -> None:
    """Strings, booleans and bare numbers, as the clients of five languages send them."""
    assert instance(port=sent).port == read


def test_spring_rest_client_types_are_understood() -> None:
    """Booleans, numeric stamps, nulls and `sid: na`."""
    info = instance(
        isCoordinatingDiscoveryServer=True, lastDirtyTimestamp=17, sid="na", asgName=None, leaseInfo=None
    )
    assert (info.is_coordinating, info.last_dirty_ms, info.sid, info.asg) == (True, 17, None, None)


def test_unknown_status_and_lower_case_override() -> None:
    """Unknown words are UNKNOWN; both spellings of the override are read."""
    assert instance(status="SLEEPING").status == "UNKNOWN"
    assert instance(overriddenstatus="out_of_service").overridden_status == "OUT_OF_SERVICE"


def test_metadata_values_become_text() -> None:
    """Scalars and nested values are kept as text, nulls dropped."""
    info = instance(metadata={"n": 1, "b": True, "z": None, "o": {"b": 1}, "@class": "x"})
    assert info.metadata == {"n": "1", "b": "true", "o": '{"b":1}'}


def test_non_positive_leases_fall_back() -> None:
    """A lease of zero or less is the default lease."""
    lease = instance(leaseInfo={"renewalIntervalInSecs": 0, "durationInSecs": -5}).lease
    assert (lease.renewal_interval_s, lease.duration_s) == (30, 90)


def test_ids_of_amazon_and_angel_clients() -> None:
    """The Amazon id is only a key; the Angel id is written into the instance."""
    amazon = instance(dataCenterInfo={"name": "Amazon", "metadata": {"instance-id": "i-1"}})
    assert (amazon.instance_id, amazon.id) == ("", "i-1")
    assert instance(metadata={"instanceId": "42"}).instance_id == "h:42"
    assert instance(metadata={"instanceId": "h:42"}).instance_id == "h:42"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b"3",
        b'{"instance":null}',
        b'{"instance":[]}',
        b'{"instance":{}}',
        b"\xff\xfe",
    ],
)
def test_bodies_that_are_no_instance_are_refused(body: bytes) -> None:
    """Each is a WireError at once, `{"instance":[]}` included (the original spins for ever)."""
    with pytest.raises(WireError):
        read_instance(body, True)


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><instance><app>&e;</app></instance>',
        b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><instance><app>&c;</app></instance>',
        b"<instance>&undefined;</instance>",
        b"<instance><app>A</app>",
        b"<applications/>",
        b"<instance>" * 100 + b"</instance>" * 100,
        b'<?xml version="1.0" encoding="nonsense"?><instance/>',
        b"",
    ],
)
def test_dangerous_or_broken_xml_is_refused(body: bytes) -> None:
    """No document type, no entity, no endless depth; nothing is read or fetched."""
    with pytest.raises(WireError):
        read_instance(body, False)


def test_deeply_nested_json_is_refused() -> None:
    """Depth is an error of the sender, not a crash."""
    with pytest.raises(WireError):
        read_instance(b'{"instance":{"metadata":{"a":' + b"[" * 400 + b"]" * 400 + b"}}}", True)


def test_single_objects_instead_of_arrays_are_read() -> None:
    """Old servers unwrap lists of one."""
    body = (
        b'{"applications":{"versions__delta":3,"apps__hashcode":"UP_1_","application":'
        b'{"name":"A","instance":{"app":"A","hostName":"h"}}}}'
    )
    applications = read_applications(body)
    assert [i.id for i in applications.instances] == ["h"]
    assert applications.version == "3"


def test_hash_counts_statuses_in_order() -> None:
    """Statuses sorted by name with their counts."""
    assert hashcode(["UP", "DOWN", "UP", "STARTING"]) == "DOWN_1_STARTING_1_UP_2_"
    assert hashcode([]) == ""
