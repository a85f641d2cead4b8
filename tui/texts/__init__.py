"""Texts: numbers and findings in words and tables, for the lab and for standard output alike."""
