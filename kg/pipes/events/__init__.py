"""Visits, meetings, signings, donations, ceremonies and inspections."""
