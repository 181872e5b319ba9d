import type { ExplanationLine } from '../pure/figures/explanation.ts'

/** The models after that of demand, in the order of a request: counted, received, treated, staffed, decided, judged. */
export const MODELS: readonly ExplanationLine[] = [
  {
    title: 'Là où les demandes sont comptées',
    text: 'Quand des demandes sont importées mois par mois, leur série est projetée aussi, par trois méthodes connues (lissage exponentiel, theta, décomposition saisonnière). Les erreurs passées disent combien suivre la série, combien suivre les échéances. Quand les titres qui arrivent à échéance changent nettement d’une année à l’autre, ce qu’aucun passé compté ne montre, les échéances l’emportent.',
  },
  {
    title: 'L’attente d’un rendez-vous',
    text: 'L’attente d’aujourd’hui est estimée à partir de toutes les valeurs publiées, chacune avec son âge et ce qu’elle mesure. Elle continue de trois façons mêlées : elle reste ce qu’elle est, les créneaux s’ouvrent quand l’attente monte et se ferment quand elle baisse, elle revient à son niveau habituel ; la demande projetée y pèse par la file. Un levier ajoute des créneaux ; les autres y répondent peu à peu, sans jamais retourner son effet. Là où stations et horaires sont importés, un levier compte à leur mesure ; ailleurs les créneaux sont supposés à la mesure des demandes. Au-delà de trois ans, seules les différences entre scénarios sont dites.',
  },
  {
    title: 'Le délai du CERT',
    text: 'Une file traite les dossiers les jours ouvrés, le premier entré d’abord. Elle est réglée sur les délais publiés, au plus près (moindres carrés). Un délai est un temps : il fixe des rapports (charge sur capacité), jamais un nombre de dossiers, sauf quand un afflux de taille connue est entré un jour connu. Le délai publié, âge moyen des dossiers délivrés, monte et descend plus tard que l’attente à venir : les deux sont montrés.',
  },
  {
    title: 'Les effectifs',
    text: 'Un programme linéaire cherche le plan le moins cher (recrues, heures supplémentaires, prêts) qui tient le délai, formation, tutorat et départs compris. Tenir la moyenne ne suffit pas : le plan est durci jusqu’à ce que la promesse tienne sur des milliers de futurs, puis mesuré sur d’autres qu’il n’a pas vus. Il parle d’une équipe, jamais d’une personne ; chaque nombre du formulaire dit son origine.',
  },
  {
    title: 'Les leviers et les scénarios',
    text: 'Un levier (horaires, station, renfort…) agit sur la même file, après le délai de sa mise en place ; son effet est l’écart avec « rien de décidé » sur les mêmes futurs. Un coût sans source reste inconnu, jamais zéro. Les leviers d’une mairie sont calculés pour elle seule : une attente plus courte attirerait des usagers voisins.',
  },
  {
    title: 'La fiabilité',
    text: 'Chaque projection est gardée telle qu’elle a été faite, avec ce qui était connu ce jour-là. Quand un trimestre entier est compté, son erreur est publiée à côté de deux prévisions que chacun pouvait faire : le dernier trimestre, et le même trimestre de l’année précédente.',
  },
]
