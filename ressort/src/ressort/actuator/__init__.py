"""Spring Boot's actuator for Python processes, free of any web framework."""

from ressort.actuator.endpoint import Answer, BadCallError, Call, Endpoint
from ressort.actuator.options import ManagementError, ManagementOptions, read_options
from ressort.actuator.web import Actuator, WebAnswer, WebRequest

__all__ = [
    "Actuator",
    "Answer",
    "BadCallError",
    "Call",
    "Endpoint",
    "ManagementError",
    "ManagementOptions",
    "WebAnswer",
    "WebRequest",
    "read_options",
]
