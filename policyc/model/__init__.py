"""The resolved policy: all that meaning, sentences, checks and backends read."""
