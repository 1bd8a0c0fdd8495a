"""From the texts of authors to notebooks and grading tables."""
