import { paths } from '../../pure/access/paths.ts'
import { Choice, FaultSummary, Field, Submit } from '../../pure/elements/form-field.tsx'
import { Link } from '../../pure/elements/links.tsx'
import { Alert } from '../../pure/elements/message.tsx'
import { Page } from '../../pure/pages/layout.tsx'

/** What a remark says, as a reader chooses it and as the journal tells it. */
export const REMARK_KINDS = {
  'wrong-figure': 'Un chiffre est faux',
  'not-found': 'Je n’ai pas trouvé',
} as const

interface RemarkPageProps {
  form: { kind: string; page: string; words: string }
  faults: readonly { field: string; message: string }[]
  kept?: boolean
}

const LABELS: Record<string, string> = { kind: 'Ce que vous signalez', words: 'En quelques mots' }

/** Where a reader says that a figure is wrong, or that an answer is not to be found. */
export function RemarkPage({ form, faults, kept = false }: RemarkPageProps) {
  const faultOf = (field: string) => faults.find(fault => fault.field === field)?.message
  return (
    <Page
      title="Signaler un chiffre, une réponse introuvable"
      path={paths.remarks()}
      refused={faults.length > 0}
      trail={[]}
      lead="Sans compte. Les administrateurs du service lisent ce que vous écrivez ; il est effacé au bout de douze mois."
    >
      <FaultSummary
        title="Rien n’est encore envoyé"
        faults={faults.map(({ field, message }) => ({ id: field, text: `${LABELS[field]} : ${message}` }))}
      />
      {kept ? (
        <>
          <Alert kind="success" title="C’est noté, merci">
            <p>Une correction, s’il en faut une, se verra dans les versions du chiffre.</p>
          </Alert>
          <p>
            <Link to={form.page}>Revenir à la page</Link>
          </p>
        </>
      ) : (
        <form method="post" action={paths.remarks()} novalidate>
          <input type="hidden" name="page" value={form.page} />
          <p>
            Page concernée : <code>{form.page}</code>
          </p>
          <Choice
            name="kind"
            label={LABELS['kind']!}
            value={form.kind}
            fault={faultOf('kind')}
            options={[
              { value: '', label: 'Choisir' },
              ...Object.entries(REMARK_KINDS).map(([value, label]) => ({ value, label })),
            ]}
          />
          <Field
            name="words"
            label={LABELS['words']!}
            hint="Le chiffre lu et celui attendu, avec sa source ; ou ce que vous cherchiez. N’écrivez ni nom ni adresse."
            rows={5}
            value={form.words}
            fault={faultOf('words')}
          />
          <Submit>Envoyer</Submit>
        </form>
      )}
    </Page>
  )
}
