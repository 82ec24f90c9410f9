"""Ressort: Spring Cloud for Python. Import the room you need, e.g. ``ressort.config``."""
