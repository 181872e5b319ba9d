import { Table } from '../pure/elements/table.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import type { Guide, GuidePart } from './guide.ts'

/** A guide, as its reader follows it. */
export function GuidePage({ site, guide }: { site: Site; guide: Guide }) {
  return (
    <Page
      site={site}
      title={guide.title}
      path={`/docs/${guide.slug}`}
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Documentation', href: '/docs' },
      ]}
      lead={guide.lead}
    >
      {guide.sections.map(({ heading, parts }, section) => (
        <section>
          <h2>{heading}</h2>
          {parts.map((part, i) => (
            <Part part={part} id={`tableau-${section}-${i}`} />
          ))}
        </section>
      ))}
    </Page>
  )
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
  return (
    <Table
      id={id}
      caption={part.caption}
      rows={part.rows}
      columns={[
        {
          label: part.head[0],
          cell: ([first]) => <code>{first}</code>,
          file: [{ value: ([first]) => first }],
        },
        { label: part.head[1], cell: ([, second]) => second },
      ]}
    />
  )
}
