"""What becomes of a policy with one mistake in it: a word misspelt, a token left out, two tokens exchanged."""
