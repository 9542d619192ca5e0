"""The one place where the version is kept: of the package and of its data."""

VERSION = "0.1.0"
RELEASED = "2026-11-22"
