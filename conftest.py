"""Fixtures of every test in the repository."""

pytest_plugins = ["ressort.testing.pytest_plugin"]
