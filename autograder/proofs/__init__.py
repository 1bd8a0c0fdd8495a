"""Every module executed with papermill: the solved version, the released one, every other answer and every mistake."""
