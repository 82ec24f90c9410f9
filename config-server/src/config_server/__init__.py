"""Configuration server: Spring Cloud Config wire format over a git repository."""
