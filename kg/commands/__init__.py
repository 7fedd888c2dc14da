"""The longer command words: what they do and how they show it."""
