"""Plain English for the model: one table of heads (a verb, a row) and one of clauses (a field, a row)."""

from policyc.sentences.parts import Sentence
from policyc.sentences.statements import sentence

__all__ = ["Sentence", "sentence"]
