"""What rooms promise each other: interfaces and shared names. It imports no other room."""
