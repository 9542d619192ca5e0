"""Exports: one module a format, each with `write(content, folder)`; libraries are extras."""
