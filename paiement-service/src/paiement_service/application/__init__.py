"""What one may do with payments, one use case a file."""
