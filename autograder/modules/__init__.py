"""What a module, a track, a competence, a dated fact is: load and validate the committed text."""
