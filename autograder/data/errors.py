"""The errors of this package."""


class DataError(Exception):
    """A problem with the data. Its message is in French and says what to do."""


class UnknownDatasetError(DataError):
    """The dataset or the vintage asked for is not in the catalogue."""


class Unavailable(DataError):
    """A pinned package that no client of this machine offers, or offers any more."""
