"""The program `policyc`, and `python -m policyc`."""

from __future__ import annotations

import gc

# Most of what a command makes lives as long as its process, what it loads as well; looking for garbage early shows at
# every start.
gc.set_threshold(100_000)

from policyc.cli import main  # noqa: E402 - it loads much

# Processes that compile beside this one may read this file again.
if __name__ == "__main__":
    main()
