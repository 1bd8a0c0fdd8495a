"""The marks, as files that a spreadsheet in French opens, or that Moodle imports."""
