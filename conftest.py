"""Load the packages whose name is also a folder of the root before pytest meets their tests.

In import mode `importlib` pytest would otherwise take `ressort/` (the folder holding `ressort/tests`) for
the package `ressort`, and hide the installed one.
"""

import batch  # noqa: F401
import discovery  # noqa: F401
import gateway  # noqa: F401
import ressort  # noqa: F401
