"""The outside world: HTTP, SQL, messages, client-service, and the same in memory."""
