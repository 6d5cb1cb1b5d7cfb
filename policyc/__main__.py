"""`python -m policyc`: the same as `policyc`."""

from policyc.cli import main

main()
