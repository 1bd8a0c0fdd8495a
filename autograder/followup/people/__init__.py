"""One person's data in a course: where they are, their erasure and its proof, their copy for the person."""
