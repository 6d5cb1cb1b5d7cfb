"""The version, a constant so that `policyc --version` need not look it up."""

__version__ = "0.1.0"
