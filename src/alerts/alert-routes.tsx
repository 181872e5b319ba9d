import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { chapter, described, jsonBody, refused } from '../io/http/description.ts'
import { refusedInWords } from '../io/http/form.ts'
import { homePlace } from '../io/http/identity.ts'
import { html } from '../io/http/page.ts'
import { placeParameter } from '../io/http/parameters.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { newSecret } from '../io/key.ts'
import { mayAsk } from '../io/outside/address.ts'
import { seal } from '../io/sealed.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { nameAmong, placesByCode } from '../places/place-queries.ts'
import { ROUTES, templateOf } from '../pure/access/paths.ts'
import { subscriptionOrder, subscriptionSchema } from './alert-answer.ts'
import { AlertsPage, FIELD_NAMES, LeavePage } from './alert-page.tsx'
import { leave, subscribe, subscriptionOfLink, subscriptions, unsubscribe } from './alert-queries.ts'
import type { AlertGround } from './alert-work.ts'
import { RULES, type Rule } from './rule.ts'

const route = chapter('Alertes')
const id = z.object({ id: z.coerce.number().int().min(1).max(2_147_483_647).openapi({ example: 1 }) })
const order = subscriptionOrder.extend({ place: placeParameter.optional() }).openapi('SubscriptionRequest')
const listRoute = route.get(ROUTES.apiSubscriptions, {
  summary: 'Les abonnements aux alertes, et ce qui est vrai maintenant',
  responses: {
    200: described('Abonnements', z.object({ subscriptions: z.array(subscriptionSchema) })),
  },
})
const subscribeRoute = route.post(ROUTES.apiSubscriptions, {
  summary: 'S’abonner à une alerte',
  request: { body: jsonBody(order) },
  responses: {
    201: described(
      'Abonné ; secret signe les appels et n’est donné qu’ici',
      z.object({ id: z.int(), secret: z.string().nullable() }),
    ),
    409: refused('Le service ne sait pas envoyer à cette adresse'),
    422: refused('Abonnement à corriger'),
  },
})
const endRoute = route.remove(templateOf('apiSubscription'), {
  summary: 'Mettre fin à un abonnement',
  request: { params: id },
  responses: {
    204: { description: 'Fini' },
    404: refused('Aucun abonnement de ce numéro ne dépend de vous'),
  },
})

const NEEDS_DAYS: readonly Rule[] = ['wait-above', 'projected-above', 'collector-silent']

/** Who is warned of what: subscribe, see, end. */
export function alertRoutes(ground: Ground & AlertGround) {
  const { db, department, secretKey, mail, outside } = ground
  const router = createRouter()
  const added = async (c: Context, given: z.infer<typeof order>) => {
    const { rule, days = null, quarters = null, probability = null, target } = given
    const place = given.place ?? homePlace(c, department)
    await requireOwn(c, db, place)
    if (NEEDS_DAYS.includes(rule) && days === null)
      throw new Refusal('invalid-subscription', 'Le seuil, en jours (days), est à donner pour cette alerte.')
    if (rule === 'projected-above' && (quarters === null || probability === null))
      throw new Refusal(
        'invalid-subscription',
        'Les trimestres à venir (quarters) et les chances (probability) sont à donner pour une attente projetée.',
      )
    const watch = { rule, place, days, quarters, probability }
    if (z.email().safeParse(target).success) {
      if (mail === undefined)
        throw new Refusal('alerts-not-configured', 'Aucun courrier ne part : réglez SMTP_URL.')
      return { id: await subscribe(db, { ...watch, channel: 'mail', target, secret: null }), secret: null }
    }
    if (!URL.canParse(target) || !mayAsk(new URL(target), outside.hosts))
      throw new Refusal(
        'invalid-subscription',
        'Qui prévenir (target) : une adresse électronique, ou une adresse https:// que tout le monde atteint.',
      )
    if (secretKey === undefined)
      throw new Refusal('alerts-not-configured', 'Aucun appel ne se signe : réglez SECRET_KEY.')
    const secret = newSecret()
    const sealed = seal(secretKey, secret, new URL(target).origin)
    return { id: await subscribe(db, { ...watch, channel: 'webhook', target, secret: sealed }), secret }
  }
  const page = async (
    c: Context,
    outcome: { secret?: string; done?: string; fault?: string; fields?: Record<string, string> } = {},
  ) =>
    html(
      c,
      AlertsPage({
        subscriptions: await subscriptions(db),
        allows: { mail: mail !== undefined, webhook: secretKey !== undefined },
        department: homePlace(c, department),
        placeName: nameAmong(await placesByCode(db)),
        ...outcome,
      }),
      outcome.fault === undefined ? 200 : 422,
    )
  router.openapi(listRoute, async c => c.json({ subscriptions: await subscriptions(db) }, 200))
  router.openapi(subscribeRoute, async c => {
    const made = await added(c, c.req.valid('json'))
    if (made.secret !== null) c.header('cache-control', 'private, no-store')
    return c.json(made, 201)
  })
  router.openapi(endRoute, async c => {
    if (!(await unsubscribe(db, c.req.valid('param').id)))
      throw new Refusal('subscription-not-found', 'La liste est à /api/subscriptions.')
    return c.body(null, 204)
  })
  router.get(ROUTES.alerts, c => page(c))
  router.post(ROUTES.alerts, async c => {
    const form = Object.entries(await c.req.parseBody()).filter(([, value]) => value !== '')
    const fields = Object.fromEntries(form.map(([name, value]) => [name, String(value)]))
    const numbers = ['days', 'quarters', 'probability']
    const given = order.safeParse(
      Object.fromEntries(
        form.map(([name, value]) => [
          name,
          numbers.includes(name) ? Number(String(value).replace(',', '.')) : value,
        ]),
      ),
    )
    if (!given.success)
      return page(c, {
        fault: given.error.issues
          .map(issue => `${FIELD_NAMES[issue.path.join('.')] ?? 'Formulaire'} : ${issue.message}`)
          .join(' ; '),
        fields,
      })
    const made = await refusedInWords(() => added(c, given.data))
    if (typeof made === 'string') return page(c, { fault: made, fields })
    const { secret } = made
    return page(c, { done: 'Abonnement enregistré', ...(secret === null ? {} : { secret }) })
  })
  router.post(ROUTES.alertEnd, async c => {
    if (!(await unsubscribe(db, Number(c.req.param('id')))))
      throw new Refusal('subscription-not-found', 'Cet abonnement est déjà fini, ou ne dépend pas de vous.')
    return page(c, { done: 'Abonnement fini' })
  })
  const leavePage = async (c: Context, done: boolean) => {
    const found = await actAsOwner(() => subscriptionOfLink(db, c.req.param('key') ?? ''))
    if (found === undefined)
      throw new Refusal('subscription-not-found', 'Ce lien n’est celui d’aucune alerte.')
    const { name } = await knownPlaceOrRefuse(db, found.place)
    return html(c, LeavePage({ address: c.req.path, alert: `${name} : ${RULES[found.rule]}`, done }))
  }
  router.get(ROUTES.alertLeave, c => leavePage(c, false))
  router.post(ROUTES.alertLeave, async c => {
    // The button of a mail reader (RFC 8058) ends what the mail tells of; the page's own, one alert.
    const isOneClick = (await c.req.parseBody())['List-Unsubscribe'] === 'One-Click'
    const whole = isOneClick ? 'all-alerts' : 'this-alert'
    await actAsOwner(() => leave(db, c.req.param('key'), whole))
    return leavePage(c, true)
  })
  return router
}
