"""API gateway reading Spring Cloud Gateway configuration."""
