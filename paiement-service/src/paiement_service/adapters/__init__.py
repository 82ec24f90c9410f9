"""Where the use cases meet HTTP, storage, messages and the other services."""
