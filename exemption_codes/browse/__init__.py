"""The catalogue for readers: every category, rule, table, country and change in finished sentences. No HTML."""
