"""Flask services the Spring way: `main` or `Starter.run` around an application.

The only room of the library that imports Flask. The API kit is in `ressort.flask.api`.
"""

from ressort.flask.application import create_flask
from ressort.flask.starter import Starter, main

__all__ = ["Starter", "create_flask", "main"]
