"""What a text counts and measures, and to which node or relation it belongs."""
