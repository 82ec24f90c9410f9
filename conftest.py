"""Fixtures of every test in the repository."""

import pytest

# The folders of these members bear their package's name: imported here, the package is there before pytest's
# importlib mode would make a namespace package of the folder.
import batch  # noqa: F401
import discovery  # noqa: F401
import gateway  # noqa: F401

pytest_plugins = ["ressort.testing.pytest_plugin"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Lets `--dist loadgroup` see groups: pytest-xdist 3.8 writes them to `_nodeid`, which pytest 9.2 never reads."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        grouped = getattr(item, "_nodeid", None)
        if grouped is not None and grouped != item.nodeid:
            item._id = type(item.id).parse(grouped)  # type: ignore[attr-defined]
