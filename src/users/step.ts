/** One thing that a person does to get a title, in plain French, with where it was read. */
export interface Step {
  title: string
  text: string
  source: string
  /** What is said where only the practice of one department was read. */
  elsewhere?: string
}

const MINUTES = 'préfecture de la Charente, compte rendu du comité des usagers du 5 avril 2022'

const STEPS: readonly Step[] = [
  {
    title: 'Faites la pré-demande en ligne',
    text: 'Elle fait gagner du temps au guichet. Gardez son numéro (dix lettres et chiffres) : il est demandé pour réserver en ligne.',
    source: `${MINUTES} ; France Titres, espace des mairies`,
  },
  {
    title: 'Réservez un seul rendez-vous, dans la mairie de votre choix',
    text: 'N’importe quelle mairie équipée peut vous recevoir, où que vous habitiez. Annulez les autres rendez-vous : un créneau pris deux fois en prive quelqu’un.',
    source: `${MINUTES} ; France Titres, espace des mairies (contrôle des doublons)`,
  },
  {
    title: 'Si c’est urgent, dites-le en réservant',
    text: 'Une demande annoncée comme urgente au moment de réserver est traitée en priorité.',
    elsewhere: 'La mairie vous dit si elle peut vous recevoir plus tôt.',
    source: MINUTES,
  },
  {
    title: 'Premier passage : déposez la demande',
    text: 'On relève vos empreintes (pas avant 12 ans). Venez vous-même ; un mineur vient avec un parent.',
    source: 'décret n° 2021-279 du 13 mars 2021 ; Association des maires de Gironde (amg33.fr)',
  },
  {
    title: 'Second passage : retirez le titre dans les trois mois',
    text: 'Vos empreintes sont vérifiées. Passé trois mois, un titre non retiré est détruit.',
    source: 'Sénat, question écrite qSEQ19050789S',
  },
]

/** What to do in a department, in order, from home to the title in hand: what Charente alone says is told there alone. */
export function stepsIn(department: string): readonly Step[] {
  if (department === '16') return STEPS
  return STEPS.map(({ source, elsewhere, ...step }) => ({
    ...step,
    text: elsewhere ?? step.text,
    source: source
      .split(' ; ')
      .slice(source.startsWith(MINUTES) ? 1 : 0)
      .join(' ; '),
  }))
}

/** Where steps were read, each once. */
export function stepSources(steps: readonly Step[]): string[] {
  return [...new Set(steps.flatMap(({ source }) => source.split(' ; ').filter(Boolean)))]
}

/** What to bring to the counter, and where it was read; a case of one's own may need more. */
export const TO_BRING = {
  papers: [
    'le numéro de votre pré-demande',
    'l’ancienne carte ou l’ancien passeport',
    'une photo de moins de six mois, non découpée',
    'un justificatif de domicile récent, à votre nom',
    'pour un passeport, ou une carte perdue ou volée : le timbre fiscal',
    'en cas de perte ou de vol : la déclaration',
  ],
  source: 'Direction de l’information légale et administrative, « Carte d’identité » (N358)',
} as const
