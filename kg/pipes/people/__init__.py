"""Officials and persons, their posts, and who holds them where."""
