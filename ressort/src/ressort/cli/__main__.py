"""``python -m ressort.cli`` is the ``ressort`` command."""

from ressort.cli import main

raise SystemExit(main())
