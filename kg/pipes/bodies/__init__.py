"""Enterprises and organisations."""
