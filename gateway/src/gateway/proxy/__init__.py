"""The data path: forwarding of one exchange, upstream connections, heads."""
