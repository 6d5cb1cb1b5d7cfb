"""The tables of the language: words, clauses, verbs and kinds. Every stage reads them; they read nothing."""
