import type { Guide } from './guide.ts'

/** Changing the program. */
export const CONTRIBUTING: Guide = {
  slug: 'contribuer',
  title: 'Contribuer',
  lead: 'Ce qu’une modification doit passer, et où elle se range.',
  sections: [
    {
      heading: 'Avant de proposer',
      parts: [
        { commands: 'npm run check', elsewhere: 'lance tous les tests, dont celui qui lit ce guide' },
        {
          text: 'Un test seul, le temps d’écrire. Les tests emploient un vrai PostgreSQL, démarré pour eux :',
        },
        { commands: 'npx vitest run --config test/vitest.config.ts test/pure/calendar' },
      ],
    },
    {
      heading: 'Où se range le code',
      parts: [
        {
          text: 'Une tranche par usage (src/delays, src/waits…), sur src/pure (ni base, ni réseau, ni horloge, ni hasard) et src/io (le dehors). Un test vérifie les flèches : test/architecture.test.ts. Un test porte le nom du fichier qu’il éprouve.',
        },
        {
          text: 'Une migration est un fichier SQL numéroté, jamais modifié ensuite. Une règle de droit est une valeur datée avec sa source (src/pure/law). Une hypothèse vit avec son modèle, avec son origine.',
        },
      ],
    },
    {
      heading: 'Casser exprès',
      parts: [
        {
          text: 'Des pannes provoquées (service et base tués, réseau coupé, disque plein…) : rien d’acquitté ne doit manquer. La graine refait la même suite.',
        },
        { commands: 'npm run chaos -- --seed 1 --kills 1 --only uploads-aborted' },
        {
          text: 'Des demandes tirées au sort contre chaque opération décrite : aucune ne doit sortir de sa description.',
        },
        { commands: 'npm run fuzz -- --seed 1 --requests 60 --only /api/imports' },
      ],
    },
    {
      heading: 'Mesurer',
      parts: [
        { commands: 'npm run benchmark -- --only departmentSeconds', elsewhere: 'mesure des durées' },
        { commands: 'npm run coverage -- test/imports', elsewhere: 'relance les tests' },
      ],
    },
  ],
}
