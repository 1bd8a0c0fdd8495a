// What the bar, the home page and their dialogs say.

export const TEXTS = {
  home: "Accueil",
  today: "Aujourd’hui",
  glossary: "Glossaire",
  takeaways: "Mes fiches",
  print: "Imprimer",
  preparing: "Préparation du module…",
  prepared: "Module prêt : lisez, puis répondez dans les formulaires.",
  notPrepared: "Le module n’est pas encore prêt.",
  prepare: "Préparer le module",
  larger: "Agrandir le texte",
  restart: "Recommencer ce module",
  handIn: "Rendre mon travail",
  feedback: "Voir mon retour",
  learner: "Votre identifiant",
  learnerHint:
    "Celui que votre formateur vous a donné ; à défaut, prénom.nom. Il est écrit dans le fichier que vous lui enverrez et gardé dans votre espace. Il n’est envoyé nulle part.",
  tries: "Joindre la liste de mes essais",
  triesHint:
    "Elle aide votre formateur à voir quelles idées bloquent. Elle dit ce que le cours a répondu à chaque essai, jamais vos réponses, et ne change aucun point. Vous pouvez la laisser de côté.",
  triesShown: "Voir ce qui est joint",
  guide: "Guide du formateur",
  formgrader: "Publier, ramasser, corriger (formgrader)",
  unreachable: "Le serveur du cours ne répond pas. Vérifiez que la fenêtre de « make lab » est toujours ouverte.",
  courseUnreachable:
    "Le serveur du cours ne répond pas : rien n’a été fait. Vérifiez que la fenêtre de « campus lab --instructor » est toujours ouverte, puis recommencez.",
  skip: "Aller au contenu principal",
  download: "Télécharger le fichier",
  cancel: "Annuler",
  close: "Fermer",
};

/** @typedef {keyof typeof QUESTIONS} Question the name of an action that is asked about */

/** Asked before the actions of these names. */
export const QUESTIONS = {
  effacer: {
    title: "Effacer mon parcours ?",
    body: "Vos essais, vos indices, vos fiches, le parcours suivi et votre progression seront oubliés. Vos carnets et vos réponses restent.",
    accept: "Effacer",
  },
  recommencer: {
    title: "Recommencer ce module ?",
    body: "Le module sera remis à neuf : réponses effacées, points à zéro. Une copie datée de votre travail sera gardée à côté, et « Mes essais » garde la liste de vos essais.",
    accept: "Recommencer",
  },
  rendre: {
    title: "Rendre votre travail ?",
    body: "Votre carnet est d’abord enregistré. Vous pourrez le rendre de nouveau.",
    accept: "Rendre",
  },
};
