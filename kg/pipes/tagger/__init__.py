"""The statistical tagger: a small network in whole numbers proposes names, and votes on them with the rules."""
