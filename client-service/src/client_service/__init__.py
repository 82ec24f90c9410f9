"""Clients of the invoicing estate."""
