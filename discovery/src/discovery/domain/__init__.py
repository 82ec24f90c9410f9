"""The registry itself: leases, statuses, changes. No thread, no HTTP, no clock of its own."""
