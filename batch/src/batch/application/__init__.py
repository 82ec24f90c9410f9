"""Use cases: one per file; `ports` says what they need."""
