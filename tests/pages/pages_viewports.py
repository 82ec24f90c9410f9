"""Window sizes: a desk, and the narrowest telephone that has to work."""

DESK = {"width": 1280, "height": 800}
TELEPHONE = {"width": 360, "height": 740}
