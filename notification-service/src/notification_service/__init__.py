"""E-mail and SMS notifications."""
