"""What facture-service does: one use case per file, speaking to the world through `ports`."""
