"""Fixtures of every test in the repository."""

# The folders of these members bear their package's name: imported here, the package is there before pytest's
# importlib mode would make a namespace package of the folder.
import batch  # noqa: F401
import discovery  # noqa: F401
import gateway  # noqa: F401

pytest_plugins = ["ressort.testing.pytest_plugin"]
