"""Regions of all five levels, linked to their codes, and the home region of an article."""
