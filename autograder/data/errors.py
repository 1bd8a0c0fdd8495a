"""The one error of this package."""


class DataError(Exception):
    """A problem with the data. Its message is in French and says what to do."""


class UnknownDatasetError(DataError):
    """The dataset or the vintage asked for is not in the catalogue."""
