"""How the configuration server meets git, HTTP and the file system."""
