"""The invoicing rules, in plain Python: no web, no SQL, no clock, no environment."""
