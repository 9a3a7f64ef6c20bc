"""How the engine judges, as one number: it rises with a change after which the same facts may come out otherwise."""

ENGINE_VERSION = "1"
