"""The use cases of the configuration server and the ports they need."""
