"""What is said, planned or asked for, as against what has happened."""
