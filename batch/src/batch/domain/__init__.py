"""The rules of reminders and take-overs, in plain Python."""
