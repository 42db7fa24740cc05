"""What can go wrong because of what salesim was given."""


class SalesimError(Exception):
    """Input that salesim cannot use; the message says what, where, and what is allowed."""


class ScenarioError(SalesimError):
    """A scenario, policy or `--set` that does not describe a firm."""


class MissingEngineError(SalesimError):
    """An engine was asked for whose library is not installed."""


class ResultsError(SalesimError):
    """A results folder that cannot be written."""
