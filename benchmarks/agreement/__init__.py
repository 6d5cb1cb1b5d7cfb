"""Whether the guard of a policy answers as the reference does: requests drawn around the policy's statements."""
