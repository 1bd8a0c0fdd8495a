"""What people read of an incident, in French: the bounds of the published rule, the habits, what is said of the lines ticked."""

BOUNDS = {
    "arreter": ("Arrêter", "L’attaque n’atteint rien de plus."),
    "traces": ("Garder les traces", "Rien n’est effacé, éteint, nettoyé ni réinstallé avant d’être copié."),
    "copies": ("Protéger les copies", "Aucune copie saine n’approche d’une machine atteinte."),
    "attaquant": ("Ne rien lui donner", "Ni argent, ni réponse de notre part, ni obéissance."),
    "dire": ("Dire vrai, à temps", "Qui doit agir ou se protéger le sait, par un moyen qui l’atteint."),
}
"""bound -> its name, and what holds when it is kept. A decision is tenable when it breaks none."""

HABITS = ("nettoyer", "rebrancher", "attendre", "cacher", "croire")
"""The habits that untenable decisions show; the module's author says what is told of each."""

OK, BESIDE, MIXED, PENDING = "ok", "a-cote", "melee", "sans-objet"
"""What the lines ticked are worth: they prove, none does, some do not, or the decision itself is not tenable."""

SAID = {OK: "oui", BESIDE: "non", MIXED: "en partie", PENDING: "–"}

PROOF_WORDS = {
    BESIDE: "**{label} : vos lignes.** La décision tient, mais les lignes cochées parlent d’autre chose. On coche volontiers ce qui "
    "frappe. Laquelle montre qu’il fallait décider ainsi ?",
    MIXED: "**{label} : une ligne de trop.** La décision tient, et une ligne au moins le montre. Une autre n’y est pour rien, ou dit "
    "le contraire. Laquelle retirer pour que la preuve tienne encore ?",
}
