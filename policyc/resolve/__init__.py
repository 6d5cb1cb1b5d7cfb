"""Files to the model: modules are loaded, names bound, clauses checked against the tables."""
