"""What can go wrong because of what salesim was given."""


class SalesimError(Exception):
    """Input that salesim cannot use; the message says what, where, and what is allowed."""


class ScenarioError(SalesimError):
    """A scenario, policy or `--set` that does not describe a firm."""


class MissingEngineError(SalesimError):
    """An engine was asked for whose library is not installed."""


class RuleError(SalesimError):
    """A rival rule that does not exist, does not fit, or may not be used."""


class UncompiledRuleError(RuleError):
    """A rival rule that the compiled engine cannot run; the Mesa engine can."""


class ResultsError(SalesimError):
    """A results folder that cannot be written."""


class ImplausibleWarning(UserWarning):
    """A value that is allowed and yet far from plausible; the run goes on with it."""
