"""German in, English out: sentences, packages, translation, word links."""
