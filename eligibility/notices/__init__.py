"""Telling people that a new release of the rules touches their result: who asked for it, one mail each, and no more."""
