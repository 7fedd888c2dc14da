"""kg: a knowledge-graph builder for Chinese official news on paired assistance and local government."""
