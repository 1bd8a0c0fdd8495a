"""What people read of the inbox, in French, with the address book and the agenda that settle what is known."""

from autograder.activities.inbox.bank import ADVERT, LEGITIMATE, MISLEADING, PHISHING
from autograder.french.marks import all_spaced

REPORT, DECLINE, HANDLE, FILE = "signaler", "decliner", "traiter", "indesirable"
"""The four ways to sort a message."""

RIGHT_SORTS = {PHISHING: REPORT, MISLEADING: DECLINE, LEGITIMATE: HANDLE, ADVERT: FILE}

SAFE_SORTS = {PHISHING: DECLINE, MISLEADING: REPORT}
"""kind -> a sort that names it badly but keeps out of harm: no answer is given, and somebody is told."""

SORTS = all_spaced(
    {
        HANDLE: "Légitime : je le traite",
        REPORT: "Hameçonnage : je ne clique pas, je le signale à la sécurité",
        DECLINE: "Démarchage trompeur : je ne réponds pas, je le signale à ma hiérarchie",
        FILE: "Publicité : je la classe en indésirable, sans suite",
    }
)
SHORT_SORTS = {
    HANDLE: "légitime",
    REPORT: "hameçonnage",
    DECLINE: "démarchage trompeur",
    FILE: "publicité",
}
SHORT_KINDS = {kind: SHORT_SORTS[sort] for kind, sort in RIGHT_SORTS.items()}

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

AGENDA = all_spaced(
    {
        "Aujourd’hui, mardi 5 mai": "Paie de mai : variables à saisir. Tableau des congés à remplir. Claire Aubin est à son bureau ; "
        "vous lui avez remis votre note hier. 14 h : rendez-vous avec un usager. 18 h : coupure du webmail.",
        "Mercredi 6": "Livraison de la papeterie Dubois, déjà payée (facture F-2304, 186 €).",
        "Lundi 11": "Stagiaire du lycée, convention à signer. 14 h : point budget, en visioconférence.",
        "Mardi 12": "Relevé du compteur, au groupe scolaire, par releves-brume.test.",
        "Jeudi 14": "Formation « Accueil du public », gratuite. Vous aviez suivi la journée « Accueil » en avril.",
        "En attente": "Le fichier corrigé de Sami Lenoir, le dossier « Entretiens annuels » de Nadia Roux, vos livres à la bibliothèque, votre "
        "demande de matériel nº 5521, des candidatures à l’accueil. Trésorerie : mandat 318, bordereau 41.",
        "Reçus hier": "L’école de musique, avec ses élèves (ecole-musique.example). Les Jardins de la Brume, pour leur dossier de subvention "
        "(jardins-brume.example).",
        "Créé par vous": "Le partage « Photos_inauguration ».",
        "Lettres reçues": "Trois-Vallons, mutuelle, formation des agents, Gazette des secrétaires (gazette-secretaires.test). Aucune autre.",
        "Contrats": "Téléphone (jusqu’en 2028), photocopieur, nom de domaine : suivis par la direction. Extincteurs : contrôlés en "
        "février, sous contrat. RGPD : le délégué du centre de gestion. Ni encart publicitaire, ni abonnement payant.",
        "Règles": "Mot de passe, code, RIB : jamais par courriel. Un nouveau RIB se vérifie au téléphone, au numéro déjà connu. Postes : "
        "Nadia Roux 214, sécurité informatique 300.",
    }
)
"""when, or what -> what is expected: a message is also settled by what the service waits for."""
