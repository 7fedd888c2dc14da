"""Where a name begins and ends in running text, and what its own words say of its place."""
