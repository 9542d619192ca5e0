"""The tables of one folder: read once, asked everything."""
