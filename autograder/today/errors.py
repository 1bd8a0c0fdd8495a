"""What the page cannot do."""


class Refused(Exception):
    """A gesture or a file is refused; the message, in French, says what to do."""
