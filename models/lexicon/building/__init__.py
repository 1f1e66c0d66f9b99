"""Builds the lexicon from word alignments of the training corpus; not needed at run time."""
