"""The parts of a guard: real modules here, one file in the output.

As they stand here, they are the guard of a policy that says nothing: `names` and `tables` are replaced by a policy's
own, the rest is the same for every policy. It must run on Python 3.9.
"""
