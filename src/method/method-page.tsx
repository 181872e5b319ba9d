import { ASSUMPTIONS, MONTH_SHARES, OTHER_DRIFT } from '../demand/engine/assumption.ts'
import type { Learnt } from '../demand/engine/learning.ts'
import { CATCHMENT, POSITIONS_CREDIT } from '../places/catchment.ts'
import { paths } from '../pure/access/paths.ts'
import { Details, Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { CLOCKS } from '../pure/figures/measure.ts'
import { frenchDay, frenchNumber, frenchShortNumber } from '../pure/french/french.ts'
import type { Word } from '../pure/french/words.ts'
import { RULES, SUBJECTS } from '../pure/law/rules.ts'
import { Page } from '../pure/pages/layout.tsx'
import { HALL_ASSUMPTIONS } from '../waits/hall-offer.ts'
import { LearntTable } from './learnt-table.tsx'
import { MODELS } from './model.ts'

/** The models in plain French, the assumptions with their origins, the law with its sources, a glossary. */
export function MethodPage({ learnt, glossary }: { learnt: readonly Learnt[]; glossary: readonly Word[] }) {
  return (
    <Page
      title="Méthode et sources"
      path={paths.method()}
      trail={[]}
      lead="Comment les chiffres sont faits, ce qui est supposé, et d’où vient chaque règle."
    >
      <h2>Ce qui est mesuré</h2>
      <p>
        Un délai n’a de sens que si l’on dit ce qui est mesuré : de quel moment à quel autre, sur quels
        dossiers. Deux mesures donnent deux chiffres vrais et différents : quand des milliers de dossiers
        entrent d’un coup, l’attente à venir saute le lendemain, le délai publié ne le montre que des mois
        plus tard.
      </p>
      <ul>
        {Object.entries(CLOCKS)
          .filter(([, words]) => words !== '')
          .map(([code, words]) => (
            <li>
              <span class="sentence">{words}</span> (dans les fichiers : <code>{code}</code>)
            </li>
          ))}
      </ul>
      <p>
        Une première publication n’en remplace pas une autre : quand deux valeurs diffèrent, la première reste
        en vigueur jusqu’à une révision déclarée, et l’autre est signalée à côté. La première est celle que ce
        service a montrée d’abord : un fichier apporté plus tard sous un jour plus ancien ne prend la place de
        rien. Rien n’est effacé.
      </p>
      <p>
        Un trimestre est ce que sa source imprime, sinon la moyenne simple de ses trois mois. Un mois est ce
        que sa source imprime, sinon la moyenne simple des jours où l’attente a été relevée, s’il y en a un
        dans chaque tiers du mois (du 1er au 10, du 11 au 20, du 21 à la fin). Une moyenne dont une valeur est
        un minimum est elle-même un minimum ; dont une valeur est estimée, une estimation.
      </p>
      <Fold heading="La surcharge déduite" printed>
        <p>
          Un délai qui passe de 14 à 26 jours en un trimestre dit qu’il est entré environ 13 % de dossiers de
          plus que ce qui a été traité : (26 − 14) jours sur les 92 jours qui séparent les milieux des deux
          trimestres. Le délai seul ne dit pas si la demande a monté ou si la capacité a baissé.
        </p>
      </Fold>
      <Fold heading="La demande à venir" printed>
        <p>
          Chaque titre délivré a une fin que la loi fixe selon son type, son jour de délivrance et l’âge du
          porteur. Une part des porteurs redemande un titre autour de cette fin : ce sont les renouvellements.
          Le reste (premiers titres, pertes, voyages, changements d’état civil) prolonge le niveau de la
          dernière année calme. Mille futurs sont tirés, chacun avec ses hypothèses ; les bandes disent ce
          qu’ils ont de commun. Le département est la somme des mairies.
        </p>
        <Table
          id="hypotheses"
          caption="Ce qui est supposé, et pourquoi"
          rows={[...Object.values(ASSUMPTIONS), ...Object.values(CATCHMENT)]}
          columns={[
            { label: 'Hypothèse', cell: row => row.label },
            { label: 'Valeur', figure: row => row.value, decimals: 2 },
            { label: 'Écart-type', figure: row => row.spread, decimals: 2 },
            { label: 'Unité', cell: row => row.unit },
            { label: 'Origine', cell: row => row.origin },
          ]}
        />
        <LearntTable learnt={learnt} />
        <p>
          Positions des communes : {POSITIONS_CREDIT}. Dérive annuelle des autres demandes :{' '}
          {frenchNumber(OTHER_DRIFT.value, 2)}. {OTHER_DRIFT.origin}. Part de chaque mois dans l’année, de
          janvier à décembre : {MONTH_SHARES.map(share => frenchNumber(100 * share, 1)).join(' ; ')} %.
        </p>
      </Fold>
      {MODELS.map(({ title, text }) => (
        <Fold heading={title} printed>
          <p>{text}</p>
        </Fold>
      ))}
      <Fold heading="Les mairies dont rien n’est importé" printed>
        <Table
          id="hypotheses-mairies"
          caption="Ce qui est supposé d’une mairie dont les stations ou les horaires ne sont pas importés"
          rows={HALL_ROWS}
          columns={[
            { label: 'Hypothèse', cell: row => row.label },
            {
              label: 'Valeur',
              numeric: true,
              cell: row => frenchShortNumber(row.value, 2),
              file: [{ value: row => row.value, type: 'number', decimals: 2 }],
            },
            { label: 'Unité', cell: row => row.unit },
            { label: 'Origine', cell: row => row.origin },
          ]}
        />
      </Fold>
      <Fold heading="La loi, datée" id="loi" printed>
        {SUBJECTS.map(subject => (
          <section>
            <h3>{subject}</h3>
            {RULES.filter(rule => rule.subject === subject).map(rule => (
              <Details summary={`${rule.label} : ${rule.values[0]?.text ?? ''}`} printed>
                <ul>
                  {rule.values.map(({ from, text, source, note }) => (
                    <li>
                      À partir du {frenchDay(from)} : {text}.{' '}
                      {source.href === undefined ? source.title : <a href={source.href}>{source.title}</a>}
                      {note === undefined ? '' : `. ${note}`}
                    </li>
                  ))}
                </ul>
                <p>Vérifié le {frenchDay(rule.checked)}.</p>
              </Details>
            ))}
          </section>
        ))}
      </Fold>
      <Fold heading="Glossaire" id="glossaire" printed>
        <dl>
          {glossary.map(({ word, words }) => (
            <>
              <dt>{word}</dt>
              <dd>{words}</dd>
            </>
          ))}
        </dl>
      </Fold>
    </Page>
  )
}

const { minutesPerPerson, gapMinutes, stations } = HALL_ASSUMPTIONS
const HALL_ROWS = [
  { label: 'Durée d’un rendez-vous', unit: 'minutes', ...minutesPerPerson },
  { label: 'Intervalle entre deux rendez-vous', unit: 'minutes', ...gapMinutes },
  { label: 'Stations', unit: 'station', ...stations },
]
