import type { Day } from '../pure/calendar/day.ts'
import { nineInTen } from '../pure/french/chances.ts'
import {
  capitalised,
  frenchDay,
  frenchDays,
  frenchNumber,
  ofName,
  twoFigures,
} from '../pure/french/french.ts'
import { type ReadingEase, readingEase } from '../pure/french/reading-ease.ts'
import { ruleAt } from '../pure/law/dated.ts'
import { PASSPORT_FEES } from '../pure/law/fees.ts'
import { EARLY_RENEWAL, OLD_CARD_TRAVEL_END } from '../pure/law/identity-card.ts'
import { RENEWAL_WINDOW_MONTHS } from '../pure/law/renewal-window.ts'
import { pricesIn } from '../pure/law/rules.ts'
import type { Paper, PaperBlock } from '../pure/pages/paper.tsx'
import type { Brief } from '../towns/brief.ts'
import { type Step, stepSources, stepsIn, TO_BRING } from '../users/step.ts'
import { readWords, roundedDays } from '../waits/explain-now.ts'

/** Documents that a mayor may hand out, in the order of a list. */
export const KIT_DOCUMENTS = {
  lettre: 'Lettre aux habitants',
  'avis-web': 'Avis pour le site de la commune',
  affiche: 'Affiche (A3)',
  reseaux: 'Message pour les réseaux sociaux',
  bulletin: 'Article pour le bulletin municipal',
  'pas-a-pas': 'Dépliant de guichet « pas à pas »',
  'pas-a-pas-falc': 'Dépliant « pas à pas », facile à lire',
} as const

/** Name of a document of the kit. */
export type KitDocument = keyof typeof KIT_DOCUMENTS
/** Names of the documents. */
export const KIT_NAMES = Object.keys(KIT_DOCUMENTS) as KitDocument[]

/** Eleven points, for whoever reads it in hand. */
const IN_HAND = 1.25
/** A wall is read from three steps away; fourteen points are the least of what is made easy to read. */
const SCALES: Partial<Record<KitDocument, number>> = { affiche: 4, 'pas-a-pas-falc': 1.56 }

/** The kit of a town: each document, for paper and to be edited. */
export function kitOf(brief: Brief): Record<KitDocument, Paper> {
  const facts = factsOf(brief)
  const paper = (name: KitDocument, blocks: PaperBlock[]): Paper => ({
    title: TITLES[name](brief.name),
    subtitle: `Commune ${ofName(brief.name)} – ${brief.department.name}`,
    asOf: brief.asOf,
    footer: `Modèle à relire et à compléter par la commune. Chiffres au ${frenchDay(brief.asOf)}. Ce document n’est pas un acte de l’État.`,
    pages: name.startsWith('pas-a-pas') ? 2 : 1,
    ...(name === 'affiche' ? { sheet: 'a3' as const } : {}),
    scale: SCALES[name] ?? IN_HAND,
    blocks: [...blocks, sourcesOf(brief, facts, name)],
  })
  return {
    lettre: paper('lettre', letter(brief, facts)),
    'avis-web': paper('avis-web', notice(brief, facts)),
    affiche: paper('affiche', poster(facts)),
    reseaux: paper('reseaux', post(brief, facts)),
    bulletin: paper('bulletin', article(brief, facts)),
    'pas-a-pas': paper('pas-a-pas', leaflet(facts)),
    'pas-a-pas-falc': paper('pas-a-pas-falc', easySteps(brief, facts)),
  }
}

/** How easy a document reads, its sources apart: they are quoted, not told. */
export function easeOf(paper: Paper): ReadingEase {
  return readingEase(wordsOf(paper.blocks).join('\n'))
}

function wordsOf(blocks: readonly PaperBlock[]): string[] {
  return blocks.flatMap(block => {
    switch (block.kind) {
      case 'heading':
      case 'text':
        return [block.text]
      case 'list':
      case 'key-points':
        return (block.kind === 'list' ? block.items : block.points).flatMap(({ title, text }) => [
          title,
          text,
        ])
      case 'absence':
        return [block.title, block.reason]
      default:
        return []
    }
  })
}

interface Facts {
  /** The wait of the day, in one sentence with its range and its nature. */
  wait: string
  early: { from: Day; source: string } | undefined
  travelEnd: { day: Day; source: string }
  window: number
  steps: readonly Step[]
  prices: Prices
}

function factsOf({ wait, asOf, department }: Brief): Facts {
  const early = ruleAt(EARLY_RENEWAL, asOf)
  const travel = ruleAt(OLD_CARD_TRAVEL_END, asOf) ?? OLD_CARD_TRAVEL_END.values[0]
  return {
    wait: waitWords(wait, asOf),
    early: early?.value ? { from: early.from, source: early.source.title } : undefined,
    travelEnd: { day: travel.value, source: travel.source.title },
    window: RENEWAL_WINDOW_MONTHS.values[0].value,
    steps: stepsIn(department.code),
    prices: pricesOf(department.code, asOf),
  }
}

/** What titles cost, in a sentence, in lines easy to read, and where it was read. */
interface Prices {
  text: string
  easy: string[]
  source: string
}

function pricesOf(department: string, asOf: Day): Prices {
  const prices = pricesIn(department, asOf)
  if (prices === undefined)
    return {
      text: 'Carte : gratuite, si vous rendez l’ancienne. Les autres prix sont fixés sur place : [à compléter par la mairie].',
      easy: ['La carte : 0 euro, si je rends l’ancienne.', 'Le passeport : je demande le prix à la mairie.'],
      source: 'à compléter par la commune',
    }
  const passports = `Passeport : ${prices.passport}.`
  return {
    text: `${passports} Carte : gratuite, ${prices.lostCard} si elle est perdue ou volée.`,
    easy: [`La carte : 0 euro. Carte perdue : ${prices.lostCard}.`, passports].map(line =>
      line.replaceAll('€', 'euros'),
    ),
    source: `${prices.sources.join(' ; ')} (relus le ${frenchDay(PASSPORT_FEES.checked)})`,
  }
}

function waitWords({ withoutAppointment, projection, read }: Brief['wait'], asOf: Day): string {
  if (withoutAppointment) return 'Notre mairie reçoit sans rendez-vous.'
  if ('reason' in projection) return 'L’attente d’un rendez-vous dans notre mairie n’est pas connue.'
  const { median, low90, high90 } = projection.today
  // A paper is read on other days than its own.
  const first = read === null ? '' : `${capitalised(readWords(read, asOf, asOf))}. En moyenne, un`
  return `${first || 'Un'} rendez-vous s’obtient en ${frenchDays(roundedDays(median), 0)} environ (${nineInTen(roundedDays(low90), roundedDays(high90))} jours, estimation).`
}

/** What each document is headed by. */
const TITLES: Record<KitDocument, (town: string) => string> = {
  lettre: () => 'Votre carte d’identité, votre passeport : n’attendez pas la foule',
  'avis-web': () => 'Carte d’identité et passeport : quand venir',
  affiche: () => 'Votre carte est ancienne ? Venez maintenant.',
  reseaux: () => 'Messages pour les réseaux sociaux',
  bulletin: town => `Titres d’identité à ${town} : venir avant 2031`,
  'pas-a-pas': () => 'Carte ou passeport : pas à pas',
  'pas-a-pas-falc': () => 'Ma carte ou mon passeport : que faire ?',
}

const heading = (text: string): PaperBlock => ({ kind: 'heading', level: 2, text })
const text = (words: string): PaperBlock => ({ kind: 'text', text: words })
const list = (items: readonly string[]): PaperBlock => ({
  kind: 'list',
  items: items.map(words => ({ title: '', text: words })),
})

function earlyWords({ early, travelEnd, window }: Facts): string[] {
  return [
    ...(early === undefined
      ? []
      : [
          `Votre carte est de l’ancien format et encore valide : vous pouvez la changer dès maintenant, gratuitement, si vous êtes majeur, pour obtenir l’identité numérique. L’ancienne carte est rendue.`,
        ]),
    `Une carte d’ancien format ne permettra plus de voyager en Europe après le ${frenchDay(travelEnd.day)}. En France, elle prouve votre identité jusqu’à sa fin.`,
    `Votre titre finit bientôt : demandez le suivant dans les ${window} mois qui précèdent sa fin.`,
  ]
}

function letter({ name }: Brief, facts: Facts): PaperBlock[] {
  return [
    text('[Date]'),
    text('Madame, Monsieur,'),
    text(
      `Les titres délivrés la même année finissent la même année : les demandes reviennent par vagues. La prochaine est attendue autour de 2031. ${facts.wait}`,
    ),
    text('Venir avant la vague, c’est attendre moins, et laisser un rendez-vous à qui ne peut pas choisir.'),
    list(earlyWords(facts)),
    text(
      'Toute mairie équipée peut vous recevoir, où que vous habitiez. Réservez un seul rendez-vous, et annulez-le si vous ne venez pas. Une urgence se dit en réservant.',
    ),
    text(facts.prices.text),
    text('Veuillez agréer, Madame, Monsieur, nos salutations distinguées.'),
    text(`[Nom et signature du maire ${ofName(name)}]`),
  ]
}

function notice({ asOf }: Brief, facts: Facts): PaperBlock[] {
  return [
    text(`${facts.wait} Situation au ${frenchDay(asOf)}.`),
    heading('Puis-je venir maintenant ?'),
    list(earlyWords(facts)),
    heading('Comment faire ?'),
    list([
      'Faites la pré-demande sur passeport.ants.gouv.fr et gardez son numéro.',
      'Réservez un seul rendez-vous, dans la mairie de votre choix : rendezvouspasseport.ants.gouv.fr compare les premiers créneaux.',
      `Apportez ${TO_BRING.papers.join(' ; ')}.`,
    ]),
    text('Nos horaires et notre téléphone : [à compléter par la mairie].'),
  ]
}

function poster(facts: Facts): PaperBlock[] {
  return [
    {
      kind: 'key-points',
      points: [
        {
          title: 'Maintenant',
          text:
            facts.early === undefined
              ? 'Dans l’année avant la fin.'
              : 'Majeur, carte d’ancien format encore valide : changez-la.',
        },
        { title: 'Gratuit', text: 'Si vous rendez l’ancienne carte.' },
        { title: frenchDay(facts.travelEnd.day), text: 'Fin des voyages en Europe avec l’ancienne carte.' },
      ],
    },
    heading('Trois gestes'),
    list([
      'La pré-demande : passeport.ants.gouv.fr',
      'Un seul rendez-vous',
      'Un titre retiré dans les trois mois',
    ]),
    text(facts.wait),
    text('Renseignements : [téléphone et horaires de la mairie]'),
  ]
}

function post({ name }: Brief, facts: Facts): PaperBlock[] {
  const travel = frenchDay(facts.travelEnd.day)
  return [
    heading('Court'),
    text(
      `${name} : carte d’identité d’ancien format ? Un majeur peut la changer maintenant, gratuitement. Elle ne servira plus à voyager en Europe après le ${travel}. Pré-demande : passeport.ants.gouv.fr`,
    ),
    heading('Long'),
    text(
      `Les demandes de cartes et de passeports reviennent par vagues : la prochaine est attendue autour de 2031. ${facts.wait} Venez avant. Un seul rendez-vous par personne, et on l’annule si l’on ne vient pas.`,
    ),
  ]
}

function article(brief: Brief, facts: Facts): PaperBlock[] {
  const { demand } = brief
  return [
    text(facts.wait),
    heading('Pourquoi une vague ?'),
    text(
      'Une carte dure dix ans depuis 2021, quinze ans avant pour un majeur. Celles de 2021 finissent donc en 2031, l’année où les anciennes ne permettent plus de voyager en Europe.',
    ),
    'reason' in demand
      ? { kind: 'absence', title: 'Demandes à venir', reason: demand.reason }
      : text(
          `Notre mairie attend environ ${frenchNumber(twoFigures(demand.next.mean))} demandes en ${demand.next.year} (estimation).`,
        ),
    heading('Que faire ?'),
    list(earlyWords(facts)),
    text(facts.prices.text),
  ]
}

function leaflet(facts: Facts): PaperBlock[] {
  return [
    { kind: 'key-points', points: facts.steps },
    heading('Ce qu’il faut apporter'),
    list(TO_BRING.papers),
    text('Une première demande, un mineur ou un changement de nom demandent d’autres pièces.'),
    text(facts.prices.text),
    text(facts.wait),
  ]
}

/** Short sentences, common words, one idea a line, as the European rules of easy reading ask. */
function easySteps({ wait }: Brief, facts: Facts): PaperBlock[] {
  return [
    text('Ce papier dit comment avoir une carte ou un passeport.'),
    heading('1. Chez moi'),
    list([
      'Je vais sur le site passeport.ants.gouv.fr.',
      'Je remplis la demande.',
      'Je note le numéro.',
      'Je ne sais pas faire ? Je demande de l’aide à la mairie.',
    ]),
    heading('2. Je prends un jour'),
    list(
      wait.withoutAppointment
        ? ['Je viens à la mairie.', 'Je n’ai pas besoin de rendez-vous.']
        : [
            'Je prends un rendez-vous à la mairie.',
            'Un seul rendez-vous.',
            'Je ne peux pas venir ? Je le dis à la mairie.',
            'C’est urgent ? Je le dis aussi.',
          ],
    ),
    heading('3. Je vais à la mairie'),
    list([
      'Je viens moi-même.',
      'Mon enfant vient avec moi.',
      'J’ai le numéro de ma demande.',
      'J’ai mon ancienne carte.',
      'J’ai une photo de moi.',
      'J’ai un papier avec mon adresse.',
    ]),
    heading('4. Je paie'),
    list(facts.prices.easy),
    heading('5. Je reviens'),
    list(['La carte est prête.', 'Je viens la prendre.', 'J’ai trois mois pour venir.']),
  ]
}

/** What each document tells: it cites where that comes from, and nothing else. */
const TOLD: Record<KitDocument, readonly (keyof ReturnType<typeof originsOf>)[]> = {
  lettre: ['wait', 'travelEnd', 'early', 'window', 'prices', 'steps'],
  'avis-web': ['wait', 'travelEnd', 'early', 'window', 'steps'],
  affiche: ['wait', 'travelEnd', 'early', 'window', 'prices', 'steps'],
  reseaux: ['wait', 'travelEnd', 'early', 'steps'],
  bulletin: ['wait', 'travelEnd', 'early', 'window', 'prices'],
  'pas-a-pas': ['wait', 'prices', 'steps'],
  'pas-a-pas-falc': ['prices', 'steps'],
}

function sourcesOf(brief: Brief, facts: Facts, name: KitDocument): PaperBlock {
  const origins = originsOf(brief, facts)
  const said = TOLD[name].flatMap(fact => origins[fact] ?? [])
  return { kind: 'note', text: `D’où vient chaque chiffre. ${said.join(' ')}` }
}

function originsOf({ asOf, sources, run }: Brief, { early, travelEnd, prices, steps }: Facts) {
  return {
    wait: `Attente et demandes : estimées le ${frenchDay(asOf)}${run === null ? '' : `, projection du ${frenchDay(run.asOf)}`} ; ${sources.join(' ; ')}.`,
    travelEnd: `Fin des voyages avec l’ancienne carte : ${travelEnd.source} (relu le ${frenchDay(OLD_CARD_TRAVEL_END.checked)}).`,
    early:
      early &&
      `Échange anticipé, depuis le ${frenchDay(early.from)} : ${early.source} (relu le ${frenchDay(EARLY_RENEWAL.checked)}).`,
    window: `Douze mois avant la fin : ${RENEWAL_WINDOW_MONTHS.values[0].source.title} (relu le ${frenchDay(RENEWAL_WINDOW_MONTHS.checked)}).`,
    prices: `Prix : ${prices.source}.`,
    steps: `Étapes et pièces : ${stepSources(steps).join(' ; ')} ; ${TO_BRING.source}.`,
  }
}
