"""What a payment is, how it is allocated and undone; plain Python."""
