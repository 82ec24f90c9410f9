"""The service of orders and its client."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_spec = importlib.util.spec_from_file_location("orders_api", Path(__file__).with_name("orders_api.py"))
assert _spec and _spec.loader
_module = importlib.util.module_from_spec(_spec)
sys.modules["orders_api"] = _module
_spec.loader.exec_module(_module)


@pytest.fixture
def orders():
    """The store behind the client."""
    return _module.Orders()


@pytest.fixture
def client(orders):
    """A test client, French."""
    return _module.order_app(orders).test_client()


@pytest.fixture
def good():
    """A valid order."""
    return {"customer": "Dupont: fils", "lines": [{"label": "vis", "quantity": "2.5", "price_cents": 100}]}
