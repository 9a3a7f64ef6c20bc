"""Machines that look for the errors people miss: an SMT solver over the rules, mutants of them, and what was counted.

Only `solver` modules need z3, a development dependency; the site never imports them.
"""
