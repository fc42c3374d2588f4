import { findFaults } from './find-faults.ts'
import type { ExplainedStatement, PlanNode } from './read-explained.ts'

/** The runs of one text. */
interface Sent {
  times: number
  /** The run that read the most pages. */
  dearest: ExplainedStatement
  faults: string[]
}

/** How many pages of the database a statement read, from memory or from the disk. */
export function countPages({ plan }: ExplainedStatement): number {
  return (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0)
}

/** Writes every statement with the plan of its dearest run. The statement that reads the most pages comes first. */
export function describePlans(statements: ExplainedStatement[]): string {
  const sent = [...Map.groupBy(statements, ({ text }) => text).values()].map(summarize)
  sent.sort((one, other) => countPages(other.dearest) - countPages(one.dearest))
  return sent.map(describe).join('\n\n')
}

function summarize(runs: ExplainedStatement[]): Sent {
  const dearest = runs.reduce((most, run) => (countPages(run) > countPages(most) ? run : most))
  return { times: runs.length, dearest, faults: [...new Set(runs.flatMap((run) => findFaults(run)))] }
}

function describe({ times, dearest, faults }: Sent): string {
  const rows = dearest.plan['Actual Rows'] ?? 0
  const head = `${countPages(dearest)} pages, ${rows} rows, sent ${times} times`
  return [head, ...faults.map((fault) => `! ${fault}`), dearest.text, ...describeNode(dearest.plan, 1)].join(
    '\n',
  )
}

function describeNode(node: PlanNode, depth: number): string[] {
  const { 'Relation Name': table, 'Index Name': index, 'Index Cond': condition, Filter: filter } = node
  const parts = [
    `${'  '.repeat(depth)}${node['Node Type']}`,
    table && `on ${table}`,
    index && `by ${index}`,
    condition && `where ${condition}`,
    filter && `filter ${filter}, ${node['Rows Removed by Filter'] ?? 0} left out`,
    `(rows ${node['Actual Rows'] ?? 0}, loops ${node['Actual Loops'] ?? 0})`,
  ]
  return [
    parts.filter(Boolean).join(' '),
    ...(node.Plans ?? []).flatMap((part) => describeNode(part, depth + 1)),
  ]
}
