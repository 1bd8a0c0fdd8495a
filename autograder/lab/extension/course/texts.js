// What the course view says, in French.

/** @import {StepState} from "./types" */

export const TEXTS = {
  course: "Parcours",
  moves: "Étapes",
  home: "Accueil",
  help: "Aide",
  glossary: "Glossaire",
  menu: "Menu",
  whole: "Voir le carnet entier",
  back: "Revenir au parcours",
  print: "Imprimer",
  restart: "Recommencer ce module",
  handIn: "Rendre mon travail",
  feedback: "Voir mon retour",
  previous: "Précédent",
  next: "Continuer",
  finish: "Terminer",
  takeaway: "Ma fiche à emporter",
  byCode: "Répondre par le code",
  tryCode: "Par le code",
  readCode: "Explication pour qui code",
  showCode: "Voir le code",
  hideCode: "Cacher le code",
  run: "Exécuter",
  verify: "Vérifier mon code",
  predict: "Votre prédiction",
  reveal: "Voir le résultat",
  end: "Fin du module",
  interrupt: "Interrompre",
  relaunch: "Relancer Python",
  retry: "Préparer de nouveau",
  prepared: "Module prêt : lisez, puis répondez dans les formulaires.",
};

export const NEWS = {
  preparing: "Préparation…",
  restarting: "Python redémarre : le module se prépare de nouveau…",
  ready: "Le module est prêt de nouveau. Vos réponses enregistrées sont là ; refaites votre dernier geste s’il manque.",
  dead: "Python s’est arrêté plusieurs fois. Vos réponses enregistrées sont gardées.",
  away: "Le cours ne répond pas. Vérifiez que la fenêtre de « make lab » est toujours ouverte. Vos réponses enregistrées sont gardées.",
  slow: "Python n’a pas encore répondu : il démarre, ou un calcul l’occupe.",
  busy: "Python est occupé : le reste attend.",
  failed: "Une partie de cette étape n’a pas pu être préparée.",
  renewed: "Le module a changé sur le disque : la nouvelle version est là, elle se prépare…",
  newer: "Une nouvelle version de ce module existe. Votre travail est gardé ; « Recommencer ce module », dans le menu, donne la nouvelle.",
};

export const OUTDATED = "Vous avez changé votre code depuis cette vérification. Vérifiez à nouveau.";

/** @type {Record<StepState, string>} */
export const STATES = { lesson: "", todo: "à faire", right: "réussie", again: "à revoir", saved: "enregistrée", optional: "facultative" };

/** A number as it is written in French. @param {number} value */
export const french = (value) => String(Math.round(value * 100) / 100).replace(".", ",");

/** @param {number} value @param {string} word */
export const count = (value, word) => `${french(value)}\u00a0${word}${value >= 2 ? "s" : ""}`;

/** @param {number} points @param {number} most */
export const score = (points, most) => `${count(points, "point")} sur ${french(most)}`;

/** @param {number} current @param {number} total */
export const place = (current, total) => `Étape ${current + 1} sur ${total}`;

/** @param {string} choice */
export const predicted = (choice) => (choice ? `Vous aviez prédit : ${choice}. Comparez avec le résultat.` : "Voici le résultat.");
