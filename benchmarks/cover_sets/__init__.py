"""Whether the guard answers as the reference does wherever statements meet, and whatever is known there."""
