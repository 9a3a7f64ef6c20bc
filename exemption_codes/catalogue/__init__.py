"""The catalogue of exemption categories: YAML files in, one checked `Rulebook` out. No Django in here."""
