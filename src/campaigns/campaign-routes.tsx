import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { requireOwn } from '../access/own-place-queries.ts'
import { projectedOrRefuse, Refusal, unprojected } from '../errors.ts'
import { chapter, described, json, jsonBody, refused } from '../io/http/description.ts'
import { formFields } from '../io/http/form.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { solveProgram } from '../io/solver/solve-program.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { type CampaignFault, campaignFaults } from './campaign.ts'
import {
  campaignAnswer,
  comparisonAnswer,
  comparisonOf,
  measuredAnswer,
  savedAnswer,
  savedCampaignSchema,
} from './campaign-answer.ts'
import { campaignOfForm, proposedFields } from './campaign-form.ts'
import { CampaignPage, CampaignsPage } from './campaign-page.tsx'
import {
  campaignEffect,
  campaignGround,
  comparedPlans,
  responsesOf,
  saveCampaign,
  savedCampaigns,
  sendingMonths,
  stageOf,
} from './campaign-queries.ts'
import { type Campaign, campaignBody } from './effect-answer.ts'
import { MEANS_CODES } from './response.ts'

const route = chapter('Campagnes')
const noProjection = refused('Pas de projection pour ce département : ce qu’il faut importer est dit')

const create = route.post(ROUTES.apiCampaigns, {
  summary: 'Enregistrer une campagne d’information',
  description:
    'Qui est prévenu, quand et par quel moyen. La campagne est gardée sous l’empreinte de son contenu : le même contenu donne le même identifiant (réponse 200).',
  request: { body: jsonBody(campaignBody) },
  responses: {
    201: {
      description: 'Enregistrée ; l’en-tête « Location » donne son adresse',
      headers: z.object({
        location: z.string().openapi({ example: paths.apiCampaign({ id: 'a1b2c3d4e5f60718' }) }),
      }),
      content: json(savedCampaignSchema),
    },
    200: described('Déjà enregistrée', savedCampaignSchema),
    422: refused('Refusée : chaque défaut avec son champ, un code stable et ce qu’il faut faire'),
  },
})
const list = route.get(ROUTES.apiCampaigns, {
  summary: 'Campagnes enregistrées, de la plus récente à la plus ancienne',
  responses: {
    200: described('Campagnes du département', z.object({ campaigns: z.array(savedCampaignSchema) })),
  },
})
const compare = route.get(ROUTES.apiCampaignComparison, {
  summary: 'Ne rien faire, une lettre à tous, le meilleur calendrier',
  description:
    'Le calendrier abaisse le plus haut trimestre avec le moins d’envois, pour la moitié, l’attendu et le double de la réponse.',
  request: { query: z.object({ means: z.enum(MEANS_CODES).default('letter') }) },
  responses: {
    200: described('Les trois plans', comparisonAnswer),
    409: noProjection,
  },
})
const one = route.get(templateOf('apiCampaign'), {
  summary: 'Une campagne, et ce qu’elle change',
  description: 'L’effet est recalculé sur les projections du jour.',
  request: { params: z.object({ id: z.string() }) },
  responses: {
    200: described('La campagne et son effet', campaignAnswer),
    404: refused('Aucune campagne enregistrée ne porte cet identifiant'),
    409: noProjection,
  },
})

/** Campaigns that warn before the wave: storage, effect, comparison; data and pages. */
export function campaignRoutes({ db, today, department: own, here }: Ground) {
  const router = createRouter()
  const staged = async (place: string) => projectedOrRefuse(await stageOf(db, place, today()))
  const compared = async (department: string, means: (typeof MEANS_CODES)[number]) => {
    const found = await staged(department)
    return comparisonOf(found, await comparedPlans(found, means, [], solveProgram))
  }
  const measured = async (id: string) => {
    const [saved] = await savedCampaigns(db, { id })
    if (saved === undefined)
      throw new Refusal(
        'campaign-not-found',
        'Cette campagne n’est pas enregistrée : la liste est à /campagnes.',
      )
    const found = await staged(saved.department)
    const effect = await campaignEffect(found.stage, saved.campaign)
    return measuredAnswer(found, saved, effect, responsesOf(saved.campaign.counted))
  }
  const faultsOf = async (campaign: Campaign) =>
    campaignFaults(campaign, await campaignGround(db, campaign.place, today()))

  router.openapi(create, async c => {
    const campaign = c.req.valid('json')
    const faults = await faultsOf(campaign)
    if (faults.length > 0)
      throw new Refusal(
        'invalid-campaign',
        faults.map(({ field, message }) => `${field} : ${message}`).join(' ; '),
        { errors: faults },
      )
    await requireOwn(c, db, campaign.place)
    const { id, created } = await saveCampaign(db, campaign)
    const [saved] = await savedCampaigns(db, { id })
    if (saved === undefined) throw new Error(`campaign ${id} was not stored`)
    return c.json(savedAnswer(saved), created ? 201 : 200, { location: paths.apiCampaign({ id }) })
  })
  router.openapi(list, async c =>
    c.json({ campaigns: (await savedCampaigns(db, { department: own })).map(savedAnswer) }, 200),
  )
  router.openapi(compare, async c => c.json(await compared(own, c.req.valid('query').means), 200))
  router.openapi(one, async c => c.json(await measured(c.req.valid('param').id), 200))

  const tryOut = async (fields: Record<string, string>, department: string) => {
    const campaign = { ...campaignOfForm(fields, department), name: 'Essai' }
    const faults = await faultsOf(campaign)
    return faults.length > 0 ? faults : campaignEffect((await staged(department)).stage, campaign)
  }
  const listPage = async (
    c: Context,
    {
      fields,
      faults = [],
      asked,
    }: { fields: Record<string, string>; faults?: CampaignFault[]; asked?: boolean },
  ) => {
    const { code: department, name: placeName } = here()
    const [saved, found] = await Promise.all([
      savedCampaigns(db, { department }),
      compared(department, 'letter').catch(unprojected),
    ])
    const tried = asked && !('reason' in found) ? await tryOut(fields, department) : undefined
    const props = { placeName, today: today(), found, saved, fields, faults, tried }
    return html(c, CampaignsPage(props), faults.length > 0 ? 422 : 200)
  }
  router.get(ROUTES.campaigns, c => {
    const fields = c.req.query()
    const asked = Object.keys(fields).some(name => name.startsWith('messages.'))
    return listPage(c, { fields: asked ? fields : proposedFields(sendingMonths(today()).first), asked })
  })
  router.post(ROUTES.campaigns, async c => {
    const fields = await formFields(c)
    const { code: department } = here()
    const campaign = campaignOfForm(fields, department)
    const faults = await faultsOf(campaign)
    if (faults.length > 0) return listPage(c, { fields, faults })
    await requireOwn(c, db, department)
    const { id } = await saveCampaign(db, campaign)
    return c.redirect(paths.campaign({ id }), 303)
  })
  router.get(ROUTES.campaign, async c => {
    const answer = await measured(c.req.param('id'))
    const place = await knownPlaceOrRefuse(db, answer.department)
    return html(c, CampaignPage({ placeName: place.name, measured: answer }))
  })
  return router
}
