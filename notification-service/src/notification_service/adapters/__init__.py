"""Where the use cases meet HTTP, storage, messages, mail and the other services."""
