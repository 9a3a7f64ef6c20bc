"""The engine: facts and rules in, explained verdicts out. Pure: no Django, no clock, no input or output."""
