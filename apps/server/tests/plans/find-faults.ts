import { TABLE_NAMES } from '@latchkey/core'
import { type ExplainedStatement, listNodes, type PlanNode } from './read-explained.ts'

/** Tables that stay small however many users there are. */
const SMALL_TABLES = ['signing_keys', 'leases', 'sweeps', 'imports']
/** Tables that only a command reads and writes. */
const TABLES_OF_COMMANDS = ['imported_users']
export const GROWING_TABLES = TABLE_NAMES.filter(
  (name) => ![...SMALL_TABLES, ...TABLES_OF_COMMANDS].includes(name),
)
/** A page of users examines so many, and it is the most that a call may read without a condition. */
const EXAMINED_ROWS = 10_000

/** The rows that a step looked at, also those that it left out. */
function countExamined(node: PlanNode): number {
  return (node['Actual Loops'] ?? 0) * ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0))
}

/** Lists the steps of a plan that ran, each with the steps that it is a part of. */
function listWithParents(node: PlanNode, parents: PlanNode[] = []): [PlanNode, PlanNode[]][] {
  if (node['Actual Loops'] === 0) return []
  return [[node, parents], ...(node.Plans ?? []).flatMap((part) => listWithParents(part, [...parents, node]))]
}

/**
 * Tells what is wrong with a step: it reads a table that grows, and no condition of an index bounds what it reads.
 *
 * A limit bounds it too, if it has nothing to sort and leaves few rows out.
 */
function describeScan(node: PlanNode, parents: PlanNode[]): string | null {
  const table = node['Relation Name'] ?? ''
  if (!GROWING_TABLES.includes(table)) return null
  if (node['Node Type'] === 'Seq Scan') return `reads every row of ${table}`
  if (!/^Index (Only )?Scan$/.test(node['Node Type'])) return null
  if (node['Index Cond']) {
    // A condition that most rows meet bounds nothing.
    return countExamined(node) > EXAMINED_ROWS ? `examines ${countExamined(node)} rows of ${table}` : null
  }
  const isLimited = parents.some((parent) => parent['Node Type'] === 'Limit')
  if (isLimited && countExamined(node) <= EXAMINED_ROWS) return null
  return `walks the whole index ${node['Index Name']}`
}

/**
 * Lists what is wrong with the plan of a statement.
 *
 * @param smallRows - a step that examines no more is no fault; 0 unless given
 */
export function findFaults({ plan }: ExplainedStatement, smallRows = 0): string[] {
  const large = listWithParents(plan).filter(([node]) => smallRows === 0 || countExamined(node) > smallRows)
  return large.flatMap(([node, parents]) => describeScan(node, parents) ?? [])
}

/** Answers whether every step that finds sessions has the user in its condition. */
export function namesUser({ plan }: ExplainedStatement): boolean {
  const scans = listNodes(plan).filter(
    (node) => node['Relation Name'] === 'sessions' && node['Node Type'].endsWith('Scan'),
  )
  return scans.every((node) =>
    ['Index Cond', 'Recheck Cond', 'Filter'].some((field) => String(node[field] ?? '').includes('user_id')),
  )
}
