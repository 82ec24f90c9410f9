"""Where the use cases meet HTTP and storage."""
