"""Dates as printed, resolved against the publication date."""
