"""What an instructor does around grading: the class list, the marks, who is stuck on what idea, people’s data, backups."""
