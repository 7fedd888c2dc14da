"""Relations by tables of patterns, what words such as 两地 refer to, and sums of money."""
