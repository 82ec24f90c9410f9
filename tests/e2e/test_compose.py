"""`docker-compose.yml`: valid, complete, and saying the same as the estate, its databases and its image."""

from __future__ import annotations

import re
import subprocess
import sys

import yaml
from e2e import compose
from e2e.estate import ROOT
from e2e.kinds import DATABASES

MEMBERS = {
    m["name"]: m for m in yaml.safe_load((ROOT / "ressort.yml").read_text("utf-8"))["ressort"]["members"]
}
PARTS = {"mariadb", "rabbitmq", "redis", "courriel"}


def test_it_is_valid_against_the_compose_schema() -> None:
    """The Compose specification's own schema accepts it."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*command, str(compose.FILE)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_it_runs_every_member_and_every_part() -> None:
    """The members of ressort.yml, each by its module, and the four parts."""
    services = compose.services()
    assert set(services) == set(MEMBERS) | PARTS
    for name in set(MEMBERS) - PARTS:
        assert services[name]["command"] == ["python", "-m", MEMBERS[name]["module"]]
        assert services[name]["healthcheck"]["test"][-1] == str(MEMBERS[name]["port"])


def test_every_service_has_its_own_database_and_user() -> None:
    """User, password and database of each member are those of the script, which grants that database only."""
    script = DATABASES.read_text(encoding="utf-8")
    granted = re.findall(r"ON (\w+)\.\* TO '(\w+)'@'%'", script)
    passwords = dict(re.findall(r"CREATE USER '(\w+)'@'%' IDENTIFIED BY '(\w+)'", script))
    found = []
    for name in MEMBERS:
        given = compose.environment(name)
        if url := given.get("SPRING_DATASOURCE_URL"):
            user = given["SPRING_DATASOURCE_USERNAME"]
            found.append((url.rpartition("/")[2], user))
            assert passwords[user] == given["SPRING_DATASOURCE_PASSWORD"]
    assert sorted(found) == sorted(granted)
    assert len({user for _, user in found}) == len(found) == 5


def test_the_addresses_of_the_file_are_replaced_one_for_one() -> None:
    """No address of the file's network is left in what the members of the tests are given."""
    hosts = {
        "mariadb:3306": 1,
        "rabbitmq:5672": 2,
        "courriel:1025": 3,
        "config-server:8888": 4,
        "discovery:8761": 5,
    }
    addresses = {theirs: ("127.0.0.1", port) for theirs, port in hosts.items()}
    given = compose.here("notification-service", addresses)
    assert given["SPRING_DATASOURCE_URL"] == "jdbc:mysql://127.0.0.1:1/notification_db"
    assert (given["SPRING_RABBITMQ_HOST"], given["SPRING_RABBITMQ_PORT"]) == ("127.0.0.1", "2")
    assert (given["SPRING_MAIL_HOST"], given["SPRING_MAIL_PORT"]) == ("127.0.0.1", "3")
    assert given["RESSORT_CONFIGSERVER_URL"] == "http://127.0.0.1:4"
    assert given["EUREKA_CLIENT_SERVICEURL_DEFAULTZONE"] == "http://127.0.0.1:5/eureka/"
    assert given["SERVER_ADDRESS"] == "127.0.0.1"
    assert set(given) == set(compose.environment("notification-service"))
