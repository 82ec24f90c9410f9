"""How the use cases meet HTTP, messages, SQL, files and the other services."""
