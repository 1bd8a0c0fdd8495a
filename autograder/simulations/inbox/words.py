"""What people read of the inbox, in French, and the address book that settles what is known."""

from autograder.simulations.inbox.bank import ADVERT, LEGITIMATE, PHISHING

REPORT, HANDLE, FILE = "signaler", "traiter", "indesirable"
"""The three ways to sort a message."""

RIGHT_SORTS = {PHISHING: REPORT, LEGITIMATE: HANDLE, ADVERT: FILE}

SORTS = {
    HANDLE: "Légitime : je le traite",
    REPORT: "Hameçonnage : je ne clique pas, je le signale",
    FILE: "Publicité : je la classe en indésirable, sans suite",
}
SHORT_SORTS = {HANDLE: "légitime", REPORT: "hameçonnage", FILE: "publicité"}

SIGNALS = {
    "adresse": "le domaine de l’expéditeur n’est pas celui du service nommé",
    "lien": "la cible d’un lien n’est pas dans le bon domaine",
    "reponse": "la réponse partirait vers une autre adresse",
    "urgence": "on vous presse ou l’on vous menace",
    "secret": "on vous demande un secret (mot de passe, code, carte, identité)",
    "offre": "l’offre est trop belle",
    "apparence": "fautes ou présentation douteuse",
    "piece-jointe": "pièce jointe inattendue ou d’un type dangereux",
    "pas-client": "vous n’êtes pas client de ce service",
}

CONTACTS = {
    "val-de-brume.example": "Mairie de Val-de-Brume, votre employeur",
    "trois-vallons.test": "Communauté de communes des Trois-Vallons",
    "prefecture-brume.test": "Préfecture",
    "finances-brume.example": "Finances publiques, trésorerie",
    "centre-gestion.test": "Centre de gestion (paie, formation)",
    "mutuelle-agents.example": "Mutuelle des agents",
    "partage-public.test": "Plateforme de partage de fichiers",
    "visio-public.example": "Visioconférence",
    "banque-brume.example": "Banque de la régie",
    "colis-brume.test": "Transporteur de la mairie",
    "papeterie-dubois.test": "Papeterie Dubois, fournisseur",
    "energie-brume.example": "Électricité, service clients",
    "lycee-brume.example": "Lycée",
    "formation-agents.test": "Formation des agents",
}
"""domain -> who it belongs to: what an agent of Val-de-Brume knows."""

MAILBOXES = ("courriel.example", "bal.test")
"""Mailboxes that anybody can open: normal for a citizen, not for a public service of the address book."""
