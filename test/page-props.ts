import type { PublishedRow } from '../src/pure/figures/observation.ts'
import type { Site } from '../src/pure/pages/layout.tsx'

/** The least that surrounds a page. */
export const SITE: Site = {
  navigation: [],
  footer: [],
  version: '0.1.0',
  place: 'Charente',
}

/** A wait that a town hall published, as pages receive it. */
export const ROW: PublishedRow = {
  measure: 'appointment-wait',
  title: 'cni-passport',
  place: '16102',
  variant: '',
  statistic: 'mean',
  unit: 'calendar-day',
  clock: 'first-free-slot',
  granularity: 'quarter',
  period: '2021-Q1',
  value: 40,
  status: 'observed',
  target: undefined,
  release: 7,
  kind: 'initial',
  publishedOn: '2022-04-01',
  recordedAt: '2022-04-01T08:00:00Z',
  shownAt: '2022-04-01T08:00:00Z',
  source: 'Mairie',
  document: 'Relevé',
  locator: '',
}
