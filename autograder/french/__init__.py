"""What is written in French the same way everywhere: words of commands, numbers, dates."""
