"""`python -m policyc`: the same as `policyc`."""

from policyc.cli import main

# Processes that compile beside this one may read this file again.
if __name__ == "__main__":
    main()
