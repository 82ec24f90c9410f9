"""What a client is and which rules its record obeys; plain Python."""
