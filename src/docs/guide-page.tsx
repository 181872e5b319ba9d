import { paths } from '../pure/access/paths.ts'
import { Fold } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { Page } from '../pure/pages/layout.tsx'
import { bare, type Guide, type GuidePart } from './guide.ts'

/** A guide, as its reader follows it. */
export function GuidePage({ guide }: { guide: Guide }) {
  return (
    <Page
      title={guide.title}
      path={paths.document({ slug: guide.slug })}
      trail={[{ label: 'Documentation', href: paths.docs() }]}
      lead={guide.lead}
    >
      {guide.sections.map(({ heading, parts }, section) => {
        const told = parts.map((part, i) => <Part part={part} id={`tableau-${section}-${i}`} />)
        return parts.some(isLong) ? (
          <Fold heading={heading} printed>
            {told}
          </Fold>
        ) : (
          <section>
            <h2>{heading}</h2>
            {told}
          </section>
        )
      })}
    </Page>
  )
}

/** A table that takes more than a screen is unfolded by who looks something up in it. */
function isLong(part: GuidePart): boolean {
  return 'rows' in part && part.rows.length > 12
}

function Part({ part, id }: { part: GuidePart; id: string }) {
  if ('text' in part) return <p>{part.text}</p>
  if ('commands' in part) {
    return (
      <pre tabindex={0}>
        <code>{part.commands}</code>
      </pre>
    )
  }
  if ('items' in part) {
    return (
      <ul>
        {part.items.map(item => (
          <li>{item}</li>
        ))}
      </ul>
    )
  }
  return (
    <Table
      id={id}
      caption={part.caption}
      rows={part.rows}
      columns={part.head.map((label, i) => ({
        label,
        cell: (row: readonly string[]) => cellOf(row[i] ?? ''),
        file: [{ value: (row: readonly string[]) => bare(row[i] ?? '') }],
      }))}
    />
  )
}

function cellOf(text: string) {
  const name = bare(text)
  return name === text ? text : <code>{name}</code>
}
