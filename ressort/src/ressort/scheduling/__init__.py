"""Scheduled tasks: Spring's cron expressions and zones, one runner among several instances."""

from ressort.scheduling.cron import CronExpression, zone_of
from ressort.scheduling.errors import CronError, UnknownTaskError, ZoneError
from ressort.scheduling.lock import InMemoryLockProvider, LockProvider
from ressort.scheduling.options import SchedulingOptions
from ressort.scheduling.scheduler import LastRun, ScheduledTask, Scheduler

__all__ = [
    "CronError",
    "CronExpression",
    "InMemoryLockProvider",
    "LastRun",
    "LockProvider",
    "ScheduledTask",
    "Scheduler",
    "SchedulingOptions",
    "UnknownTaskError",
    "ZoneError",
    "zone_of",
]
