"""What is true of the tables: one module a table, and what is derived from them."""
