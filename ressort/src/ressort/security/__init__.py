"""What keeps a process without login from being reachable by strangers."""

from ressort.security.binding import UnprotectedError, guard_binding, is_loopback
from ressort.security.peers import TrustedPeers

__all__ = ["TrustedPeers", "UnprotectedError", "guard_binding", "is_loopback"]
