"""What one may do with notifications, one use case a file."""
