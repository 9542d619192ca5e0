"""From the bytes of a file to text, rows and frames."""
