"""A language and a compiler for privacy policies."""
