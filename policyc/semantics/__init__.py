"""What a policy decides: the reference, and what is compared with it."""
