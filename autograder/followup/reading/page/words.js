// What the page of a question says.

export const TEXTS = {
  saved: "Enregistré",
  saving: "Enregistrement…",
  undone: "Changement annulé",
  toRead: "à lire",
  changed: (/** @type {string} */ points) =>
    `L’apprenant a changé ce texte depuis sa note de ${points}. La note et le commentaire sont ceux d’avant : relisez, puis gardez-les ou changez-les.`,
  confirm: (/** @type {string} */ points) => `Garder ${points} pour ce texte`,
  wrong: (/** @type {string} */ most) => `Pas enregistré : donnez un nombre de 0 à ${most}.`,
  unreachable: "Pas enregistré : le serveur ne répond pas. Vérifiez que « campus lab » est toujours ouvert.",
  again: "Réessayer",
  theirs: "Garder la sienne",
  ours: "Mettre la mienne",
  stands: (/** @type {string} */ points) => ` Elle a donné ${points}. Rien n’a été remplacé.`,
  choose: "Pas enregistré : choisissez d’abord entre les deux notes.",
  noPoints: "aucun point encore",
  allRead: "Toutes les réponses sont lues.",
};

/** @param {number} value */
export const french = (value) => value.toLocaleString("fr-FR", { maximumFractionDigits: 3 });
/** @param {number} value */
export const told = (value) => `${french(value)} point${value >= 2 ? "s" : ""}`;
