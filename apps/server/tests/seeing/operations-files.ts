import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const read = (path: string) => readFileSync(new URL(`../../../../docs/${path}`, import.meta.url), 'utf8')

/** The rules that operators load. */
export const RULES_FILE = fileURLToPath(new URL('../../../../docs/operations/alerts.yml', import.meta.url))
export const RULES = read('operations/alerts.yml')
export const MONITORING_GUIDE = read('guides/monitoring.md')

/** The names of the alerts. */
export const ALERTS = [...RULES.matchAll(/- alert: (\w+)/g)].map(([, name = '']) => name)

/** The rules without their patience: an alert fires at the first look that finds its fault. */
export const HASTY_RULES = RULES.replaceAll(/^ +for: .*\n/gm, '')

interface Panel {
  id: number
  title: string
  type: string
  targets?: { expr: string }[]
}

const dashboard = JSON.parse(read('operations/dashboard.json')) as { panels: Panel[] }
export const PANELS = dashboard.panels.filter(({ type }) => type !== 'row')

/** The queries of the dashboard, as Grafana sends them for all servers. */
export const QUERIES = PANELS.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }): [string, string] => [
    title,
    expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*'),
  ]),
)

/** The metrics that an expression names. */
export function namesIn(text: string): string[] {
  return [...new Set(text.match(/\b(?:latchkey|nodejs|process)_\w+/g))]
}
