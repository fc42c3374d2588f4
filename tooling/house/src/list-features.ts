import ts from 'typescript'
import { listNodes, type Source } from './read-sources.ts'

/** A setting of the server: its environment variable, and the keys that the configuration gives its value. */
export interface Setting {
  variable: string
  keys: string[]
}

/** A column of the database. */
export interface Column {
  /** The folder of the table in `packages/core/src/tables`. */
  table: string
  /** The property of the schema, in camelCase. */
  key: string
}

const SCHEMA = /^packages\/core\/src\/tables\/([\w-]+)\/schema\.ts$/
const CONFIG = 'apps/server/src/process/config/'

/** Lists the operations that `packages/contract` defines. */
export function listOperations(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, isTest }) => path.startsWith('packages/contract/src/operations/') && !isTest)
    .flatMap(({ tree }) => listNodes(tree).filter(ts.isPropertyAssignment))
    .filter(({ initializer }) => isCallOf(initializer, 'defineOperation'))
    .map(({ name }) => name.getText())
}

/** Lists the settings. A variable that is read as `env.NAME` within `key: …` gives its value to that key. */
export function listSettings(sources: readonly Source[]): Setting[] {
  const keys = new Map<string, Set<string>>()
  const read = sources
    .filter(({ path, isTest }) => path.startsWith(CONFIG) && !isTest)
    .flatMap(({ tree }) => listNodes(tree).filter(ts.isPropertyAccessExpression))
    .filter(({ expression, name }) => expression.getText() === 'env' && /^[A-Z][A-Z\d_]*$/.test(name.text))
  for (const access of read) {
    const known = keys.get(access.name.text) ?? new Set<string>()
    const key = ts.findAncestor(access, ts.isPropertyAssignment)?.name.getText()
    keys.set(access.name.text, key ? known.add(key) : known)
  }
  return [...keys].map(([variable, found]) => ({ variable, keys: [...found] }))
}

/** Lists the columns of every table. */
export function listColumns(sources: readonly Source[]): Column[] {
  return sources.flatMap(({ path, tree }) => {
    const [, table] = SCHEMA.exec(path) ?? []
    if (!table) return []
    const shapes = listNodes(tree)
      .filter(ts.isCallExpression)
      .filter((call) => isCallOf(call, 'pgTable'))
      .flatMap(({ arguments: [, shape] }) => (shape && ts.isObjectLiteralExpression(shape) ? [shape] : []))
    return shapes.flatMap(({ properties }) =>
      properties.flatMap(({ name }) => (name ? [{ table, key: name.getText() }] : [])),
    )
  })
}

function isCallOf(node: ts.Node, name: string): boolean {
  return ts.isCallExpression(node) && node.expression.getText() === name
}
