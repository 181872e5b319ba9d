import type pg from 'pg'
import { ROLES } from '../../pure/access/identity.ts'
import { databaseRole } from './acting.ts'
import { DatabaseUnavailable, errorCode } from './unavailable.ts'

const NAMES = ROLES.map(databaseRole)
/** Another process created the same role, or lent it, at the same moment. */
const MET_ANOTHER = new Set<string | undefined>(['23505', '42710', 'XX000'])
const ATTEMPTS = 20

/**
 * Makes sure that the roles under which requests run exist, and that the role of the connection may take them. Roles
 * belong to the whole server: several databases and processes may ask at once.
 * @throws DatabaseUnavailable with the statements that an administrator of the server must run.
 */
export async function ensureRequestRoles(pool: pg.Pool): Promise<void> {
  const missing = await missingRoles(pool)
  if (missing.length === 0) return
  try {
    await createRoles(pool, missing)
  } catch (error) {
    if (errorCode(error) !== '42501') throw error
    const { rows } = await pool.query<{ name: string }>('select quote_ident(current_user) as name')
    throw new DatabaseUnavailable(
      `Le rôle de DATABASE_URL ne peut ni créer ni prendre les rôles des demandes (${missing.join(', ')}). ` +
        'Faites exécuter une fois par un administrateur du serveur :\n' +
        NAMES.map(name => `  create role ${name} nologin;`).join('\n') +
        `\n  grant ${NAMES.join(', ')} to ${rows[0]?.name};`,
      { cause: error },
    )
  }
}

/**
 * Creates roles and lends them to a login. `to` is the role of the connection when absent. Roles belong to the server and
 * advisory locks to one database, so who comes second meets what the first wrote, and looks again.
 */
export async function createRoles(
  client: pg.Pool | pg.Client,
  names: readonly string[] = NAMES,
  to = 'current_user',
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query(`
        do $$
        declare name text;
        begin
          foreach name in array array[${names.map(name => `'${name}'`).join(', ')}] loop
            if not exists (select from pg_roles where rolname = name) then
              execute format('create role %I nologin', name);
            end if;
            execute format('grant %I to ${to}', name);
          end loop;
        end $$`)
      return
    } catch (error) {
      if (attempt === ATTEMPTS || !MET_ANOTHER.has(errorCode(error))) throw error
    }
  }
}

async function missingRoles(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `select name from unnest($1::text[]) as name
      where not exists (select from pg_roles where rolname = name and pg_has_role(current_user, oid, 'member'))`,
    [NAMES],
  )
  return rows.map(row => row.name)
}

/** Why the role of the connection would see past every policy; `undefined` for an ordinary one. */
export async function unboundRole(pool: pg.Pool): Promise<string | undefined> {
  const { rows } = await pool.query<{ name: string; super: boolean; bypass: boolean }>(
    'select rolname as name, rolsuper as super, rolbypassrls as bypass from pg_roles where rolname = current_user',
  )
  const [role] = rows
  if (role?.super) return `${role.name} est superutilisateur`
  return role?.bypass ? `${role.name} a l’attribut BYPASSRLS` : undefined
}
