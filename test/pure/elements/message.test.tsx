import { describe, expect, it } from 'vitest'
import { Details, EmptyState } from '../../../src/pure/elements/message.tsx'
import { PageSite } from '../../../src/pure/pages/layout.tsx'
import { ProblemPage } from '../../../src/pure/pages/problem-page.tsx'

describe('messages', () => {
  it('tell a refused reader what to do, with the faults and the code', () => {
    const html = (
      <ProblemPage
        path="/imports"
        problem={{
          status: 422,
          code: 'import-refused',
          title: 'Fichier refusé : rien n’a été enregistré',
          detail: 'Corrigez ces lignes, puis envoyez le fichier de nouveau.',
          faults: ['Ligne 4 : « T5 2022 » n’est pas un trimestre.'],
        }}
      />
    ).toString() as string
    expect(html).toContain('<h1>Fichier refusé')
    expect(html).toContain('Corrigez ces lignes')
    expect(html).toContain('<li>Ligne 4')
    expect(html).toContain('Erreur 422 (<code>import-refused</code>)')
    expect(html).toContain('Revenir à l’accueil')
  })

  it('lead back to the part of the site where the reader was', () => {
    const page = (path: string) =>
      (
        <PageSite.Provider
          value={{ navigation: [{ label: 'Mairies', href: '/mairies' }], footer: [], version: '0.1.0' }}
        >
          <ProblemPage
            path={path}
            problem={{
              status: 404,
              code: 'town-hall-not-found',
              title: 'Inconnue',
              detail: 'Voyez la liste.',
            }}
          />
        </PageSite.Provider>
      ).toString() as string
    expect(page('/mairies/99999')).toMatch(/href="\/mairies">Voir la page « Mairies »/)
    expect(page('/nulle-part')).not.toContain('Voir la page')
  })

  it('say why there is nothing yet, and what brings it', () => {
    const html = (
      <EmptyState
        title="Pas encore de projection"
        reason="Il faut huit trimestres."
        action={{ label: 'Importer un fichier', href: '/imports' }}
      />
    ).toString() as string
    expect(html).toContain('Il faut huit trimestres.')
    expect(html).toContain('<a class="fr-link" href="/imports">')
  })

  it('unfold without script', () => {
    const html = (
      <Details summary="Calcul" printed>
        détail
      </Details>
    ).toString() as string
    expect(html).toContain('<summary>Calcul</summary>')
    expect(html).toContain('data-printed')
  })
})
