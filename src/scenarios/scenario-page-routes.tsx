import type { Context } from 'hono'
import { requireOwn } from '../access/own-place-queries.ts'
import { savedCampaigns } from '../campaigns/campaign-queries.ts'
import { Refusal } from '../errors.ts'
import { formFields } from '../io/http/form.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { knownPlaceOrRefuse } from '../places/known-place-queries.ts'
import { paths, ROUTES } from '../pure/access/paths.ts'
import { ComparisonPage } from './comparison-page.tsx'
import { compared } from './comparison-queries.ts'
import { MOST_COMPARED, type ScenarioFault } from './scenario.ts'
import { examples, type FormFields, rowsOf, scenarioOfForm } from './scenario-form.ts'
import { ScenariosPage } from './scenario-page.tsx'
import {
  checkedScenario,
  completedScenario,
  savedScenarios,
  saveScenario,
  surroundings,
  wantedScenarios,
} from './scenario-queries.ts'
import { triggers } from './trigger-queries.ts'

/** Pages of scenarios: the list and its form, one scenario, several side by side. */
export function scenarioPageRoutes({ db, today, here }: Ground) {
  const router = createRouter()
  const read = async (fields: FormFields) => {
    const department = here().code
    const { scenario: told, faults: unread } = scenarioOfForm(
      fields,
      await savedCampaigns(db, { department }),
    )
    const scenario = await completedScenario(db, told, department, today())
    const { department: own, faults } = await checkedScenario(db, scenario, department, today())
    // A cell that could not be read is one fault, not also a wrong amount.
    const all = [...unread, ...faults.filter(fault => !unread.some(one => one.field === fault.field))]
    return { scenario, own, faults: all }
  }
  const tryOut = async (fields: FormFields) => {
    const { scenario, own, faults } = await read({ ...fields, name: 'Cet essai' })
    if (faults.length > 0) return faults
    const saved = { id: '', department: own, scenario }
    const around = await surroundings(db, own, undefined, today())
    return { comparison: await compared(db, [saved], today()), around }
  }
  const formPage = async (c: Context, fields: FormFields, faults: readonly ScenarioFault[] = []) => {
    const { code: department, name } = here()
    const asked = Object.entries(fields).some(
      ([name, value]) => /^levers\.\d+\.code$/.test(name) && value !== '',
    )
    const [scenarios, campaigns, around] = await Promise.all([
      savedScenarios(db, department),
      savedCampaigns(db, { department }),
      surroundings(db, department, undefined, today()),
    ])
    return html(
      c,
      ScenariosPage({
        department: { code: department, name },
        halls: around.halls,
        hallsAssumed: around.hallsAssumed === true,
        scenarios,
        campaigns,
        fields: { 'levers.0.startsOn': today(), ...fields },
        rows: rowsOf(fields),
        faults,
        tried: asked && faults.length === 0 ? await tryOut(fields) : undefined,
      }),
      faults.length > 0 ? 422 : 200,
    )
  }
  router.get(ROUTES.scenarios, c => {
    const { action, ...fields } = c.req.query()
    return formPage(c, action === 'more' ? { ...fields, rows: String(rowsOf(fields) + 1) } : fields)
  })
  router.post(ROUTES.scenarios, async c => {
    const fields = await formFields(c)
    if (fields['action'] === 'examples') {
      const { code } = here()
      await requireOwn(c, db, code)
      const saved = await Promise.all(examples(code).map(example => saveScenario(db, example, code)))
      return c.redirect(paths.scenarioComparison({ ids: saved.map(({ id }) => id) }), 303)
    }
    const { scenario, own, faults } = await read(fields)
    if (faults.length > 0) return formPage(c, fields, faults)
    await requireOwn(c, db, scenario.place)
    const { id } = await saveScenario(db, scenario, own)
    return c.redirect(paths.scenario({ id }), 303)
  })
  const comparisonPage = async (c: Context, ids: readonly string[]) => {
    const found = await wantedScenarios(db, ids)
    const comparison = await compared(db, found, today())
    const around = await surroundings(db, comparison.department, undefined, today())
    const place = await knownPlaceOrRefuse(db, comparison.place)
    const reports = (await triggers(db, comparison.department, today())).filter(report =>
      ids.includes(report.scenario.id),
    )
    return html(
      c,
      ComparisonPage({
        comparison,
        placeName: place.name,
        around,
        today: today(),
        reports,
        path: c.req.path,
      }),
    )
  }
  router.get(ROUTES.scenarioComparison, c => {
    const ids = [
      ...new Set((c.req.queries('ids') ?? []).flatMap(text => text.split(',')).filter(id => id !== '')),
    ]
    if (ids.length === 0 || ids.length > MOST_COMPARED) {
      throw new Refusal('invalid-parameter', `Cochez de 1 à ${MOST_COMPARED} scénarios avant de comparer.`)
    }
    return comparisonPage(c, ids)
  })
  router.get(ROUTES.scenario, c => comparisonPage(c, [c.req.param('id')]))
  return router
}
