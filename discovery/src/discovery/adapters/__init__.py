"""How the registry is reached: Eureka's REST, the page for people, the snapshot on disk."""
