/** A step of a plan, as `explain (format json)` writes it. */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  'Recheck Cond'?: string
  Filter?: string
  'Actual Rows'?: number
  'Actual Loops'?: number
  'Rows Removed by Filter'?: number
  'Shared Hit Blocks'?: number
  'Shared Read Blocks'?: number
  Plans?: PlanNode[]
  [field: string]: unknown
}

/** A statement, and the plan by which PostgreSQL ran it once. */
export interface ExplainedStatement {
  /** The text with `$1` in the place of each value. */
  text: string
  plan: PlanNode
}

const ENTRY = /LOG: {2}duration: [\d.]+ ms {2}plan:\n((?:\t.*\n)+)/g

/** Reads the plans from a log that `auto_explain` wrote. */
export function readExplained(log: string): ExplainedStatement[] {
  return [...log.matchAll(ENTRY)].map(([, json = '']) => {
    const entry = JSON.parse(json) as { 'Query Text': string; Plan: PlanNode }
    return { text: entry['Query Text'].replaceAll(/\s+/g, ' ').trim(), plan: entry.Plan }
  })
}

/** Lists the steps of a plan, each before its parts. */
export function listNodes(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(listNodes)]
}
