"""What a finished graph tells: answers, parts, differences, figures, how near it comes to labels."""
