"""Invoices, credit notes and balances."""
