"""What a notification is and what may happen to it; plain Python."""
