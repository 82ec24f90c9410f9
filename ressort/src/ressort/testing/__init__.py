"""What tests of services built on ressort need: parts, conformance suites, raw clients."""
