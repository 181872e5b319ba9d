import type { ColumnType, Generated, Kysely, Transaction } from 'kysely'
import type { Role, Scope } from '../../pure/access/identity.ts'
import type { ReleaseKind } from '../../pure/figures/observation.ts'
import type { PositionOrigin } from '../commune-positions.ts'

interface Series {
  id: Generated<number>
  measure: string
  title: string
  place: string
  variant: string
  statistic: string
  unit: string
  clock: string
  granularity: string
}

interface Observation {
  series_id: number
  period: string
  release_id: number
  value: number | null
  status: string
  target: number | null
  locator: string
}

interface PublishedRelease {
  id: number
  source_id: number
  import_kind: string
  kind: string
  document: string
  address: string | null
  default_place: string
  recorded_at: string
  reason: string | null
  curated: boolean
  published_on: string
  shown_at: string
  embargo_until: string | null
  publication_id: number
  declared: boolean
  told_columns: string[]
  emptied: string[]
}

interface ObservationHistory extends Observation, Omit<Series, 'id'> {
  release_kind: string
  published_on: string
  recorded_at: string
  shown_at: string
  reason: string | null
  document: string
  address: string | null
  publisher: string
  curated: boolean
  secret: boolean
}

interface ObservationVintage extends ObservationHistory {
  withdrawn: number | null
  withdrawn_at: string | null
  withdrawal_reason: string | null
}

interface TownHallVersion {
  insee: string
  release_id: number
  name: string | null
  stations: number | null
  opened_on: string | null
  closed_on: string | null
  lat: number | null
  lon: number | null
  status: string | null
  without_appointment: boolean | null
  ugf: string | null
  locator: Generated<string>
}

interface TownHall extends Omit<TownHallVersion, 'name' | 'status' | 'without_appointment' | 'locator'> {
  name: string
  status: string
  without_appointment: boolean
  locator: string
  department: string
  population: number | null
  document: string
  publisher: string
}

interface OpeningHours {
  insee: string
  weekday: number
  opens: string
  closes: string
  valid_from: string | null
  valid_to: string | null
  stations: number | null
  release_id: number
}

interface OpeningHoursInForce extends OpeningHours {
  published_on: string
}

interface Closure {
  insee: string
  first_day: string
  last_day: string
  reason: string | null
  release_id: number
}

interface CertPerimeter {
  cert: string
  name: string
  title: string
  department: string
  since: string
  until: string | null
  locator: string
  release_id: number
}

interface CertCapacity {
  cert: string
  code: string | null
  title: string
  since: string
  etpo: number
  files_per_agent_day: number | null
  locator: string
  release_id: number
}

interface Event {
  id: Generated<number>
  place: string
  title: string
  first_day: string
  last_day: string
  nature: string
  files: number | null
  label: string
  locator: string
  release_id: number
}

interface CommitteeEntry {
  id: Generated<number>
  place: string
  held_on: string
  code: string
  kind: string
  subject: string
  said_by: string
  speaks_for: string
  said: string
  locator: string
  replied_by: string | null
  reply: string | null
  due_by: string | null
  due_words: string | null
  followed_on: string | null
  follow_up: string | null
  follow_up_source: string | null
  settled_on: string | null
  measure: string | null
  measure_page: string | null
  release_id: number
}

interface WaitRunPoint extends Record<'p05' | 'p25' | 'p50' | 'p75' | 'p95', number> {
  run_id: string
  clock: string
  month: string
}

interface ProjectionPoint
  extends Record<'mean' | 'p05' | 'p10' | 'p25' | 'p50' | 'p75' | 'p90' | 'p95', number> {
  run_id: string
  place: string
  title: string
  quarter: string
  /** Null for a town hall whose parts are in the shares of its department. */
  parts: unknown
}

interface CommuneContour {
  insee: string
  release_id: number
  rings: unknown
}

/** The tables and views that queries name, as read through `pg`: days and times as text, numbers as numbers. */
export interface Database {
  idempotency_key: {
    caller: string
    key: string
    fingerprint: string
    claimed_at: Generated<string>
    status: number | null
    headers: unknown
    body: Buffer | null
  }
  place: {
    code: string
    kind: 'nation' | 'department' | 'commune' | 'cert'
    name: string
    parent: string | null
    population: number | null
    merged_into: string | null
    lat: number | null
    lon: number | null
    position_origin: PositionOrigin | null
    part_of: string | null
  }
  reference_data: {
    name: string
    version: string
  }
  source: {
    id: Generated<number>
    publisher: string
  }
  stored_file: {
    sha256: string
    content: Buffer | null
  }
  stored_file_part: {
    sha256: string
    part: number
    content: Buffer
  }
  import_task: {
    id: Generated<string>
    file_name: string
    bytes: number
    bytes_read: Generated<number>
    rows_read: Generated<number>
    state: Generated<'running' | 'stored' | 'known' | 'refused' | 'cancelled' | 'failed'>
    release_id: Generated<number | null>
    outcome: Generated<unknown>
    cancel_requested: Generated<boolean>
    started_at: Generated<string>
    updated_at: Generated<string>
  }
  import_mapping: {
    publisher: string
    head: string
    place: string
    mapping: ColumnType<Record<string, string>, string, string>
    recorded_by: string
    recorded_at: Generated<string>
  }
  release: {
    id: Generated<number>
    source_id: number
    import_kind: string
    kind: ReleaseKind
    document: string
    address: string | null
    file_name: string
    sha256: string
    default_place: string
    reach: string
    published_on: string
    recorded_at: Generated<string>
    recorded_by: string
    reason: string | null
    notes: string | null
    row_count: number
    told_columns: Generated<string[]>
  }
  series: Series
  told_series: Series
  observation: Observation
  publication: {
    id: Generated<number>
    release_id: number
    published_at: Generated<string>
    published_by: string
    embargo_until: string | null
    reason: string | null
  }
  withdrawal: {
    id: Generated<number>
    release_id: number
    withdrawn_at: Generated<string>
    withdrawn_by: string
    reason: string
  }
  published_release: PublishedRelease
  public_threshold: {
    id: Generated<number>
    source_id: number
    threshold: number | null
    reason: string
    decided_by: string
    decided_at: Generated<string>
  }
  source_threshold: {
    source_id: number
    publisher: string
    threshold: number | null
    reason: string | null
    decided_by: string | null
    decided_at: string | null
  }
  speaker_decision: {
    id: Generated<number>
    source_id: number
    role: string
    place: string
    speaks: boolean
    reason: Generated<string>
    decided_by: string
    decided_at: Generated<string>
  }
  speaker: {
    source_id: number
    publisher: string
    role: string
    place: string
    speaks: boolean
    reason: string
    decided_by: string
    decided_at: string
  }
  settled_value: {
    series_id: number
    period: string
    release_id: number
    value: number
    status: string
    told_from: string
    told_until: string
    shown_from: Generated<string>
    shown_until: Generated<string>
  }
  current_observation: {
    series_id: number
    period: string
    release_id: number
    value: number
    status: string
  }
  observation_vintage: ObservationVintage
  observation_history: ObservationHistory
  draft_observation: ObservationHistory
  secret_figure: {
    series_id: number
    period: string
    hidden_at: Generated<string>
  }
  given_away_figure: {
    series_id: number
    period: string
    noticed_at: Generated<string>
  }
  town_hall_version: TownHallVersion
  town_hall: TownHall
  opening_hours_version: OpeningHours
  opening_hours: OpeningHoursInForce
  closure_version: Closure
  closure: Closure
  cert_capacity_version: CertCapacity
  cert_capacity: CertCapacity
  cert_perimeter_version: CertPerimeter
  cert_perimeter: CertPerimeter
  event_version: Event
  event: Event
  commune_contour_version: CommuneContour
  commune_contour: CommuneContour
  committee_entry_version: CommitteeEntry
  committee_entry: CommitteeEntry
  projection_run: {
    id: string
    place: string
    as_of: string
    created_at: Generated<string>
    version: string
    seed: number
    known_release: number
    inputs: unknown
    /** Null for a run made before it was kept. */
    local: unknown
    explanation: unknown
  }
  projection_point: ProjectionPoint
  projection_in_force: {
    place: string
    run_id: string
    state: string
  }
  wait_run: {
    id: string
    place: string
    as_of: string
    created_at: Generated<string>
    version: string
    seed: number
    last_month: string
    last_value: number
    usual_value: number
    inputs: unknown
  }
  wait_run_point: WaitRunPoint
  staffing_plan: {
    id: string
    place: string
    title: string
    first_month: string
    months: number
    version: string
    demand_run: string | null
    previous: string | null
    created_at: Generated<string>
    created_by: Generated<string>
    question: unknown
    origins: unknown
    cost: number
    joint_late_probability: number
    outcome: unknown
    explanation: unknown
  }
  campaign: {
    id: string
    name: string
    department: string
    content: unknown
    created_at: Generated<string>
    created_by: Generated<string>
  }
  scenario: {
    id: string
    name: string
    place: string
    department: string
    title: string
    content: unknown
    created_at: Generated<string>
    created_by: Generated<string>
  }
  account: {
    id: Generated<number>
    email: string
    subject: string | null
    name: Generated<string>
    role: Role
    place: string | null
    invited_by: string
    invited_at: Generated<string>
    closed_at: string | null
  }
  sign_in: {
    state_sha256: string
    nonce: string
    verifier: string | null
    return_to: string
    started_at: Generated<string>
  }
  session: {
    key_sha256: string
    account_id: number
    id_token: string
    started_at: Generated<string>
    seen_at: Generated<string>
  }
  api_token: {
    id: Generated<number>
    key_sha256: string
    account_id: number
    label: string
    scope: Scope
    created_at: Generated<string>
    expires_at: string
    revoked_at: string | null
    used_at: string | null
  }
  security_event: {
    id: Generated<number>
    at: Generated<string>
    event: string
    actor: string
    address: string
    detail: Generated<string>
  }
  remark: {
    id: Generated<number>
    at: Generated<string>
    kind: string
    page: string
    words: string
    author: string
  }
  pack_job: {
    id: Generated<string>
    content: Generated<'briefs' | 'kits'>
    asker: string
    reader: unknown
    department: string
    as_of: string | null
    known: string
    state: Generated<'waiting' | 'making' | 'ready' | 'failed'>
    halls: number
    sheets: Generated<number>
    attempts: Generated<number>
    archive: Buffer | null
    asked_at: Generated<string>
    updated_at: Generated<string>
  }
  collector: {
    id: Generated<number>
    name: string
    kind: 'booking-editor' | 'file-at-address' | 'folder'
    address: string
    department: string
    token: Buffer | null
    has_token: Generated<boolean>
    hour: Generated<string>
    paused: Generated<boolean>
    remembered: Generated<unknown>
    created_by: Generated<string>
    created_at: Generated<string>
    closed_at: string | null
  }
  collector_reading: {
    id: Generated<number>
    collector_id: number
    day: string
    started_at: Generated<string>
    ended_at: string | null
    asked_by: string
    state: Generated<'running' | 'read' | 'partial' | 'unreachable' | 'refused' | 'interrupted'>
    cause: string | null
    horizon: string | null
    documents_number: number | null
    calls: Generated<number>
    invalid_points: Generated<number>
    outcome: Generated<unknown>
  }
  collector_point: {
    id: Generated<number>
    collector_id: number
    editor_id: string
    ugf: string | null
    name: string
    address: string
    zip_code: string
    city: string
    lat: number
    lon: number
    first_seen: string
    last_seen: string
    hall: string | null
    hall_confirmed_by: string | null
    hall_confirmed_at: string | null
  }
  collector_slot_count: {
    reading_id: number
    point_id: number
    reason: 'CNI' | 'PASSPORT' | 'CNI-PASSPORT'
    state: 'read' | 'no-slot-within-horizon' | 'unreachable' | 'refused'
    cause: string | null
    first_slot_days: number | null
    within7: number | null
    within30: number | null
    within90: number | null
  }
  collector_figure: {
    collector_id: number
    hall: string
    day: string
    days: number
    status: 'observed' | 'censored'
    release_id: number
  }
  collector_call: {
    origin: string
    at: Generated<string>
  }
  subscription: {
    id: Generated<number>
    place: string
    rule:
      | 'target-missed'
      | 'wait-above'
      | 'projected-above'
      | 'collector-silent'
      | 'figure-contradicted'
      | 'new-projection'
    days: number | null
    quarters: number | null
    probability: number | null
    channel: 'mail' | 'webhook'
    target: string
    secret: Buffer | null
    leave_key: string
    created_by: Generated<string>
    created_at: Generated<string>
    closed_at: string | null
  }
  alert_state: {
    id: Generated<number>
    subscription_id: number
    subject: string
    words: string
    since: Generated<string>
    ended_at: string | null
    told_at: string | null
    mail: number | null
  }
}

/** A connection to the tables and views, as queries take it. */
export type Db = Kysely<Database>

/** A transaction on them. */
export type Trx = Transaction<Database>
