import { type Child, createContext, useContext } from 'hono/jsx'
import { paths } from '../access/paths.ts'
import { Links } from '../elements/links.tsx'
import type { NamedLink } from '../elements/named-link.ts'
import { PageReading } from '../elements/page-reading.tsx'
import { unbroken } from '../french/french.ts'

/** A link of the menu. */
export interface MenuLink extends NamedLink {
  /** What people come for, under which the menu gathers its links; alone in the menu without one. */
  door?: string
}

/**
 * The identity of a State service that runs the site. The State's mark is reserved to it: without this, no mark
 * is shown and no Marianne letter is asked for.
 */
export interface StateIdentity {
  /** Lines of the mark: `['Préfet', 'de la Charente']`. */
  mark: readonly string[]
  /** The service and its place, said when the mark is a link to the home page. */
  name: string
}

/** What surrounds every page, the same for the whole site. */
export interface Site {
  navigation: readonly MenuLink[]
  footer: readonly NamedLink[]
  version: string
  /** Digest of the style sheets and the script, in their addresses: a browser keeps them until it changes. */
  assetVersion?: string
  /** Where people reach it, without a last slash; where they are when it is not set. */
  publicUrl?: string
  /** Whose figures these are: `Charente`. */
  place?: string
  /** The service's own department, when a page tells another one. */
  home?: NamedLink | undefined
  stateIdentity?: StateIdentity
}

const NO_SITE: Site = { navigation: [], footer: [], version: '' }

/** The site that pages stand in, told by whoever sends them. */
export const PageSite = createContext(NO_SITE)

interface PageProps {
  title: string
  /** The address of the page, without parameters: it marks the menu. */
  path: string
  /** The place of the page, when it is not the usual one, and its title: links take them along. */
  place?: string | undefined
  about?: string
  /** Pages between the home page and this one; a page without a trail stands apart. */
  trail?: readonly NamedLink[]
  /** What the page answers, in one or two sentences. */
  lead?: Child
  /** Whether what was sent is refused: said first, in the title of the window. */
  refused?: boolean
  /** Sheets of paper that it holds on, printed smaller and without its long tables; as many as it takes unless said. */
  sheets?: number | undefined
  children?: Child
}

/** Name of the service, in the header and in the title of every page. */
export const SERVICE_NAME = 'Vigie Titres'

/** The whole page around its content: it reads, navigates and prints without JavaScript. */
export function Page(props: PageProps) {
  const { title, path, place, about, trail, lead, refused, sheets } = props
  const site = useContext(PageSite)
  const reading = useContext(PageReading)
  const { assetVersion, publicUrl } = site
  if (reading !== undefined) {
    Object.assign(reading, { title, choices: { place, title: about }, assetVersion })
    if (publicUrl !== undefined) reading.origin = publicUrl
  }
  return (
    <html lang="fr" class={site.stateIdentity === undefined ? undefined : 'state'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title>
          {path === '/'
            ? `${SERVICE_NAME} – ${title}`
            : `${refused ? 'Erreur : ' : ''}${title} – ${SERVICE_NAME}`}
        </title>
        <Dress assetVersion={assetVersion} />
        <link
          rel="alternate"
          type="application/atom+xml"
          title="Objectifs dépassés et projections"
          href={paths.feed()}
        />
        <link rel="icon" href={ICON} />
      </head>
      <body>
        <SkipLinks />
        <Header site={site} path={path} />
        <main
          id="contenu"
          class={sheets === 2 ? 'fr-container paper paper-of-two' : 'fr-container'}
          tabindex={-1}
        >
          {trail !== undefined && <Breadcrumb trail={trail} here={title} />}
          <h1>{title}</h1>
          {lead !== undefined && <p class="fr-text--lead">{lead}</p>}
          {props.children}
        </main>
        <Footer site={site} path={path} />
      </body>
    </html>
  )
}

/** What every page, and every chart shown elsewhere, is drawn and helped with. */
export function Dress({ assetVersion }: { assetVersion: string | undefined }) {
  const asked = { v: assetVersion }
  return (
    <>
      <link rel="stylesheet" href={paths.dsfr(asked).replace('*', 'dsfr.main.min.css')} />
      <link rel="stylesheet" href={paths.styles(asked)} />
      <script src={paths.script(asked)} defer />
    </>
  )
}

/** A page as text to send, in its site, with its document type, and with the no-break spaces of French typography. */
export async function documentText(
  page: { toString: () => string | Promise<string> },
  site: Site = NO_SITE,
): Promise<string> {
  const told = <PageSite.Provider value={site}>{page as Child}</PageSite.Provider>
  return `<!doctype html>${typeset(await told.toString())}`
}

// What people copy into a file or a terminal keeps its plain spaces.
const VERBATIM_OR_TEXT = /<(pre|code|textarea|script|style)\b[\s\S]*?<\/\1(?=>)|>[^<]+/g

/** A document with the no-break spaces of French typography. */
export function typeset(document: string): string {
  return document.replace(VERBATIM_OR_TEXT, piece => (piece.startsWith('<') ? piece : unbroken(piece)))
}

// A line that goes down, which is good news here; drawn as data so that no file is asked for.
const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="2" fill="#000091"/><path d="M2 4l4 4 3-2 5 6" fill="none" stroke="#fff" stroke-width="2"/></svg>',
)}`

function SkipLinks() {
  const targets = [
    { label: 'Contenu', href: '#contenu' },
    { label: 'Menu', href: '#menu' },
    { label: 'Chercher une commune', href: '#recherche' },
    { label: 'Pied de page', href: '#pied' },
  ]
  return (
    <div class="fr-skiplinks">
      <nav class="fr-container" aria-label="Accès rapide">
        <Links to={targets} class="fr-skiplinks__list" />
      </nav>
    </div>
  )
}

function Header({ site, path }: { site: Site; path: string }) {
  return (
    <header class="fr-header" id="entete">
      <div class="fr-header__body">
        <div class="fr-container">
          <div class="fr-header__body-row">
            <div class="fr-header__brand fr-enlarge-link">
              {site.stateIdentity !== undefined && (
                <div class="fr-header__brand-top">
                  <div class="fr-header__logo">
                    <p class="fr-logo">
                      {site.stateIdentity.mark.map((line, i) => (
                        <>
                          {i > 0 && <br />}
                          {line}
                        </>
                      ))}
                    </p>
                  </div>
                </div>
              )}
              <div class="fr-header__service">
                <a
                  href={paths.home()}
                  title={`Accueil – ${SERVICE_NAME}${site.stateIdentity === undefined ? '' : ` – ${site.stateIdentity.name}`}`}
                >
                  <p class="fr-header__service-title">{SERVICE_NAME}</p>
                </a>
                <p class="fr-header__service-tagline">
                  Délais des titres d’identité{site.place === undefined ? '' : ` – ${site.place}`}
                </p>
              </div>
            </div>
            {/* Beside the brand, all of which is one link. */}
            {site.home !== undefined && (
              <p class="person person-home no-print">
                <a href={site.home.href}>Revenir à : {site.home.label}</a>
              </p>
            )}
            <search class="no-print">
              <form class="town-search" method="get" action={paths.search()}>
                <label class="fr-sr-only" for="recherche">
                  Commune
                </label>
                <input
                  class="fr-input"
                  id="recherche"
                  name="ville"
                  placeholder="Commune"
                  list="communes"
                  autocomplete="off"
                  required
                />
                <datalist id="communes" data-from={paths.searchTowns()} />
                <button class="fr-btn fr-btn--secondary" type="submit">
                  Chercher
                </button>
              </form>
            </search>
            <div class="person" id="personne"></div>
          </div>
        </div>
      </div>
      <div id="menu" class="menu" tabindex={-1}>
        <div class="fr-container">
          <Menu site={site} path={path} kind="wide" />
          {/* DSFR's own menu on telephones is a modal that needs JavaScript. */}
          <details class="menu-narrow" data-menu>
            <summary>Menu</summary>
            <Menu site={site} path={path} kind="narrow" />
          </details>
        </div>
      </div>
    </header>
  )
}

function Menu({ site, path, kind }: { site: Site; path: string; kind: 'wide' | 'narrow' }) {
  return (
    <nav class={`fr-nav menu-list-${kind}`} aria-label="Menu principal">
      <ul class="fr-nav__list">
        {doorsOf(site.navigation).map(({ door, links }) =>
          door === undefined ? (
            links.map(link => <MenuItem link={link} path={path} />)
          ) : (
            <li class="door">
              <span id={`porte-${kind}-${door}`}>{door}</span>
              <ul aria-labelledby={`porte-${kind}-${door}`}>
                {links.map(link => (
                  <MenuItem link={link} path={path} />
                ))}
              </ul>
            </li>
          ),
        )}
      </ul>
    </nav>
  )
}

function MenuItem({ link: { label, href }, path }: { link: MenuLink; path: string }) {
  return (
    <li class="fr-nav__item">
      <a class="fr-nav__link" href={href} aria-current={currentness(href, path)}>
        {label}
      </a>
    </li>
  )
}

/** The links of a menu in their order, those of one door together. */
function doorsOf(links: readonly MenuLink[]): { door: string | undefined; links: MenuLink[] }[] {
  const doors: { door: string | undefined; links: MenuLink[] }[] = []
  for (const link of links) {
    const last = doors.at(-1)
    if (last !== undefined && last.door === link.door) last.links.push(link)
    else doors.push({ door: link.door, links: [link] })
  }
  return doors
}

/** Whether a link of the menu leads to the page itself, or to the part of the site that holds it. */
export function currentness(href: string, path: string): 'page' | 'true' | undefined {
  if (href === path) return 'page'
  return href !== '/' && path.startsWith(`${href}/`) ? 'true' : undefined
}

/** Where the page is in the site. Unlike DSFR's it does not fold, which would need JavaScript. */
export function Breadcrumb({ trail, here }: { trail: readonly NamedLink[]; here: string }) {
  return (
    <nav class="fr-breadcrumb" aria-label="vous êtes ici :">
      <ol class="fr-breadcrumb__list">
        {[{ label: 'Accueil', href: paths.home() }, ...trail].map(({ label, href }) => (
          <li>
            <a class="fr-breadcrumb__link" href={href}>
              {label}
            </a>
          </li>
        ))}
        <li>
          <span class="fr-breadcrumb__link" aria-current="page">
            {here}
          </span>
        </li>
      </ol>
    </nav>
  )
}

function Footer({ site, path }: { site: Site; path: string }) {
  return (
    <footer class="fr-footer" id="pied" tabindex={-1}>
      <div class="fr-container">
        <p class="footer-words">
          {SERVICE_NAME} suit et projette les délais des titres. Chaque nombre dit ce qui est mesuré, sa
          source, et s’il est observé ou estimé.
        </p>
        <div class="fr-footer__bottom">
          <ul class="fr-footer__bottom-list">
            {site.footer.map(({ label, href }) => (
              <li class="fr-footer__bottom-item">
                <a class="fr-footer__bottom-link" href={href}>
                  {label}
                </a>
              </li>
            ))}
            <li class="fr-footer__bottom-item">
              <a class="fr-footer__bottom-link" href={paths.remarks({ page: path })} rel="nofollow">
                Un chiffre faux, une réponse introuvable ?
              </a>
            </li>
            <li class="fr-footer__bottom-item">
              <span class="fr-footer__bottom-link">Version {site.version}</span>
            </li>
          </ul>
        </div>
      </div>
    </footer>
  )
}
