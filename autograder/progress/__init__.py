"""What a learner has done, from their own files: verdicts, hints, questions asked again. It never leaves their space."""
