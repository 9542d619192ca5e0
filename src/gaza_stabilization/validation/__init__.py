"""Validation: one module a level, every problem collected, none hidden by another."""
