"""The course's software: it builds, grades and serves notebooks. The command is `campus`."""
