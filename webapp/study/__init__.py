"""What a reader studies: saved words and terms, their status, how hard a text is for this reader."""
