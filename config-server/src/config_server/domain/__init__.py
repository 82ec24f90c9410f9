"""What a configuration server knows without git and without HTTP."""
