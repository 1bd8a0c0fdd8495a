"""What a secret that is drawn is worth, in bits, estimated in the page alone; the answer is how many draws are needed."""
