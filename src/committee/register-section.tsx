import { paths } from '../pure/access/paths.ts'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchDay, frenchList, shortDay } from '../pure/french/french.ts'
import { linesByState, NO_REPLY_EXPECTED, REGISTER_STATES, type RegisterLine } from './register.ts'
import { REGISTER_FILE, stateCount, statesInWords } from './register-file.ts'

/** What users asked and the administration promised, state by state, then as a table. */
export function RegisterSection({ lines }: { lines: readonly RegisterLine[] }) {
  const groups = linesByState(lines)
  const days = [...new Set(lines.map(line => line.day))].sort()
  return (
    <>
      <h2 id="registre-du-comite">Registre : demandé, promis, venu</h2>
      {lines.length === 0 ? (
        <p>
          Aucun compte rendu de comité n’est importé ici&nbsp;: <a href={paths.data()}>déposez un registre</a>
          .
        </p>
      ) : (
        <>
          <p>
            {frenchCount(lines.length, 'point')} demandés ou annoncés (séance du{' '}
            {frenchList(days.map(frenchDay))}) :{' '}
            {frenchList(groups.map(({ state, lines: some }) => stateCount(state, some.length)))}. Une annonce
            de l’administration n’attendait pas de réponse ; sans « Mesure », rien ici ne montre la suite.
          </p>
          {groups.map(({ state, lines: some }) => (
            <Details summary={`${stateCount(state, some.length)} : ${REGISTER_STATES[state].meaning}`}>
              <ul>
                {some.map(line => (
                  <Line line={line} />
                ))}
              </ul>
            </Details>
          ))}
          <Details summary="Tout le registre en un tableau">
            <Table
              id="registre"
              caption="Registre du comité"
              rows={lines}
              columns={[
                // The columns of the file stand together, under the first of the page.
                { label: 'Sujet', cell: line => line.subject, file: REGISTER_FILE },
                { label: 'Nature', cell: line => line.kind, file: [] },
                { label: 'Par', cell: line => line.by, file: [] },
                { label: 'État', cell: line => REGISTER_STATES[line.state].name, file: [] },
                { label: 'Séance', whole: true, cell: line => shortDay(line.day), file: [] },
                { label: 'Mesure', cell: line => <Measure line={line} />, file: [] },
              ]}
              note={`${statesInWords()}. Les fichiers donnent aussi ce qui a été dit, la réponse, la suite et la source.`}
            />
          </Details>
        </>
      )}
    </>
  )
}

function Line({ line }: { line: RegisterLine }) {
  const { subject, kind, by, speaksFor, said, reply, followUp, source } = line
  return (
    <li>
      <p>
        <strong>{subject}</strong> ({kind} ; {by}, pour {speaksFor}). {said}
      </p>
      <p>
        {reply !== NO_REPLY_EXPECTED && (
          <>
            <strong>Réponse.</strong> {reply}{' '}
          </>
        )}
        <strong>Suite.</strong> {followUp} {line.measure && <strong>Mesure.</strong>}{' '}
        {line.measure && <Measure line={line} />}
      </p>
      <p class="sources">{source}</p>
    </li>
  )
}

function Measure({ line: { measure } }: { line: RegisterLine }) {
  return measure === null ? <>aucune sur ce site</> : <a href={measure.href}>{measure.label}</a>
}
