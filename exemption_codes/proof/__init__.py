"""Machines that look for the errors people miss: an SMT solver over the rules, mutants of them, and what was counted.

z3 is a development dependency: only check_catalogue and mutate_rules reach the modules that import it, the site never.
"""
