"""The words of a difference that stand in no field of a document: English, then French."""

SECTIONS = {
    "catalogue": ("The catalogue as a whole", "L’ensemble du catalogue"),
    "categories": ("Categories", "Catégories"),
    "general": ("Rules of every permit", "Règles visant tout permis"),
    "lists": ("Lists and tables", "Listes et tableaux"),
    "parameters": ("Dated amounts", "Montants datés"),
    "wages": ("Wages", "Salaires"),
    "fees": ("Who pays what", "Qui paie quoi"),
    "facts": ("Facts and questions", "Faits et questions"),
    "pages": ("Pages of the questionnaire", "Pages du questionnaire"),
    "guide": ("Corrections of what is still said", "Rectifications de ce qui se dit encore"),
    "sources": ("Sources", "Sources"),
    "provisions": ("Text of the law", "Texte de la loi"),
    "cases": ("Worked examples", "Exemples"),
}
ADDED, REMOVED, CHANGED, ENDED = "added", "removed", "changed", "ended"
KIND_WORDS = {
    ADDED: ("Added", "Ajout"), REMOVED: ("Removed", "Retrait"), CHANGED: ("Changed", "Modification"),
    ENDED: ("Ends", "Fin"),
}  # fmt: skip
ONLY_ORDER = ("Only the order has changed", "Seul l’ordre a changé")
SAME_WORDS = ("Written otherwise in the file, with the same words", "Écrit autrement dans le fichier, mêmes mots")
OTHER_LANGUAGE = {"en": ("fr", "French text"), "fr": ("en", "texte anglais")}
CRITERION = ("Criterion {name}", "Critère {name}")
THRESHOLD = ("Threshold", "Seuil")
EDITION = ("Members {period}", "Éléments {period}")
PREFIXES = ("Every occupation whose code begins with {value}", "Toute profession dont le code commence par {value}")
TEERS = ("Every occupation of TEER {value}", "Toute profession de la FEER {value}")
OPEN = ("Left open by the sources: {value}", "Laissé ouvert par les sources : {value}")
VALUES = ("Amounts", "Montants")
WAGE_ROWS = ("Rows (occupation, region, low, median, high)", "Lignes (profession, région, bas, médian, élevé)")
FIRST_DAY = ("Day of the examples", "Jour des exemples")
OUTCOMES = {
    "eligible": ("eligible", "admissible"),
    "officer_judgement": ("an officer decides", "un agent décide"),
    "undetermined": ("cannot tell yet", "impossible à déterminer"),
    "not_eligible": ("not eligible", "non admissible"),
}
NOT_IN_FORCE = ("not in force", "pas en vigueur")
EXAMPLES = ("Examples", "Exemples")
PROVISION_TEXT = ("The text has changed", "Le texte a changé")
FEE_RULE = ("Rule {name}", "Règle {name}")
FEE_CEILING = ("Ceiling {name}", "Plafond {name}")
RULES = ("Rules", "Règles")
CRITERIA = ("Criteria", "Critères")
