"""The codebook: looked up, as a document, and for coders."""
