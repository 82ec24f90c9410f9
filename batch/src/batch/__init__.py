"""Scheduled jobs: reminders and take-overs."""
