"""The reading of free answers, a page per question over all copies; marks and comments are nbgrader's own."""
