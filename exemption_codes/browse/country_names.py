"""Names under which people also look for a country, beside its names in both languages."""

ALSO_CALLED = {
    "US": "USA America Amérique EU EUA", "GB": "UK Britain England Scotland Wales Angleterre Écosse Grande-Bretagne",
    "CI": "Ivory Coast", "NL": "Holland Hollande", "CZ": "Czech Republic République tchèque", "SZ": "Swaziland",
    "CD": "DRC RDC Zaire", "CG": "Brazzaville", "AE": "UAE EAU Dubai", "CV": "Cape Verde", "TL": "East Timor",
    "KR": "South Korea Republic", "KP": "North Korea DPRK", "RU": "Russian Federation", "VN": "Viet Nam",
    "MM": "Burma Birmanie", "TR": "Turkey Turkiye", "IR": "Persia", "LA": "Lao", "BY": "Belorussia", "MK": "FYROM",
    "CN": "PRC RPC", "TW": "Formosa Taipei", "VA": "Holy See Saint-Siège",
}  # fmt: skip
