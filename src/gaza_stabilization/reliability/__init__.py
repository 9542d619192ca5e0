"""Agreement between codings: units are matched, then compared variable by variable."""
