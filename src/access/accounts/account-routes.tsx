import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { formFields } from '../../io/http/form.ts'
import { identityOf } from '../../io/http/identity.ts'
import { html } from '../../io/http/page.ts'
import { createRouter, type Ground } from '../../io/http/router.ts'
import { nameAmong, placesByCode } from '../../places/place-queries.ts'
import { isRole, type Role } from '../../pure/access/identity.ts'
import { ROUTES } from '../../pure/access/paths.ts'
import { logSecurity } from '../journal/journal-queries.ts'
import { AccountsPage, type InvitationForm } from './account-page.tsx'
import { accounts, closeAccount, type Invitation, invite } from './account-queries.ts'

const KIND_OF_PLACE: Partial<Record<Role, 'commune' | 'department'>> = {
  'town-hall': 'commune',
  cert: 'department',
  prefecture: 'department',
}
const address = z.email()

/** Accounts, for administrators: invite by address, close. */
export function accountRoutes({ db, addressOf }: Pick<Ground, 'db' | 'addressOf'>) {
  const router = createRouter()
  const page = async (c: Context, outcome: { done?: string; fault?: string; form?: InvitationForm } = {}) => {
    const [all, places] = await Promise.all([accounts(db), placesByCode(db)])
    return html(
      c,
      AccountsPage({
        accounts: all,
        placeName: code => `${nameAmong(places)(code)} (${code})`,
        ...outcome,
      }),
      outcome.fault === undefined ? 200 : 422,
    )
  }
  const read = async ({ email, role, place }: InvitationForm): Promise<Invitation | string> => {
    if (!address.safeParse(email).success)
      return 'Cette adresse électronique est illisible : écrivez prenom.nom@charente.gouv.fr.'
    if (!isRole(role) || role === 'public') return 'Choisissez un rôle.'
    const kind = KIND_OF_PLACE[role]
    if (kind === undefined) {
      return place === ''
        ? { email, role, place: undefined }
        : 'Un administrateur n’a pas de lieu : videz la case.'
    }
    const known = (await placesByCode(db)).get(place.toUpperCase())
    if (known?.kind === kind && known.mergedInto === undefined) return { email, role, place: known.code }
    return kind === 'commune'
      ? 'Une mairie se donne par le code INSEE d’une commune en vigueur, 16102 par exemple.'
      : 'Ce rôle se donne pour un département, 16 par exemple.'
  }
  router.get(ROUTES.accounts, c => page(c))
  router.post(ROUTES.accounts, async c => {
    const { email = '', role = '', place = '' } = await formFields(c)
    const form = { email, role, place }
    const invitation = await read(form)
    if (typeof invitation === 'string') return page(c, { fault: invitation, form })
    const by = identityOf(c).account
    await invite(db, invitation, by)
    await logSecurity(db, { event: 'invited', account: by, address: addressOf(c), detail: invitation.role })
    return page(c, { done: `${invitation.email} peut maintenant se connecter` })
  })
  router.post(ROUTES.accountClosure, async c => {
    await closeAccount(db, Number(c.req.param('id')))
    const { account } = identityOf(c)
    await logSecurity(db, { event: 'account-closed', account, address: addressOf(c) })
    return page(c, { done: 'Compte fermé' })
  })
  return router
}
