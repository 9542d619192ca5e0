"""Networks of who holds, says and is tied to what, as networkx graphs and pandas matrices."""
