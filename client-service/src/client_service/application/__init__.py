"""What one may do with clients, one use case a file."""
