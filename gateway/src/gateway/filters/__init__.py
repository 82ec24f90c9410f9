"""Gateway filters: one registry of factories, each compiling arguments to closures."""
