"""Route definitions: reading, checking and compiling them into a table of closures."""
