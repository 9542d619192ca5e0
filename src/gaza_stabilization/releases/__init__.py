"""Versions: the index and archives of releases, and what changed from one to another."""
