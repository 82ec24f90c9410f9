"""Payments and their allocation."""
