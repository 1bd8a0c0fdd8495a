"""A file drawn for each learner: questions that are the same for all, on a text that is not."""
