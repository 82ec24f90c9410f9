"""Fixtures of every test in the repository."""

import os

import pytest
from hypothesis import settings

# The folders of these members bear their package's name: imported here, the package is there before pytest's
# importlib mode would make a namespace package of the folder.
import batch  # noqa: F401
import discovery  # noqa: F401
import gateway  # noqa: F401

pytest_plugins = ["ressort.testing.pytest_plugin"]

# Property tests try the same examples in every run, so that a red run is about the change at hand; new examples are
# looked for on purpose, with HYPOTHESIS_PROFILE=hunt.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("hunt", max_examples=2000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Lets `--dist loadgroup` see groups: pytest-xdist 3.8 writes them to `_nodeid`, which pytest 9.2 never reads."""
    if not getattr(config.option, "loadgroup", False):
        return
    for item in items:
        grouped = getattr(item, "_nodeid", None)
        if grouped is not None and grouped != item.nodeid:
            item._id = type(item.id).parse(grouped)  # type: ignore[attr-defined]
