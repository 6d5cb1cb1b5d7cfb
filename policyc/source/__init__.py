"""Text of policy files and places in it."""
