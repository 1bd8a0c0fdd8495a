"""The class list: read from a spreadsheet, kept in nbgrader's gradebook, and shown with what each person handed in."""
