import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** A service of `deploy/compose.yaml`, as far as the tests read it. */
export interface Service {
  image: string
  command?: string[]
  environment?: Record<string, string>
  secrets?: string[]
  read_only?: boolean
  restart?: string
  ports?: string[]
  healthcheck?: { test: string[] }
  depends_on?: Record<string, { condition: string }>
}

/** `deploy/compose.yaml`. */
export interface Compose {
  name: string
  services: Record<string, Service>
  secrets: Record<string, { file: string }>
}

const FILE = join(import.meta.dirname, '../../../deploy/compose.yaml')

/**
 * Reads `deploy/compose.yaml` as Compose does, with the values of its variables.
 *
 * @throws {Error} with the words of the file, when a variable that it requires has no value
 */
export function readCompose(variables: Record<string, string>): Compose {
  const compose: unknown = parse(readFileSync(FILE, 'utf8'), { merge: true, uniqueKeys: true })
  return fill(compose, variables) as Compose
}

function fill(value: unknown, variables: Record<string, string>): unknown {
  if (typeof value === 'string') return fillText(value, variables)
  if (Array.isArray(value)) return value.map((one) => fill(one, variables))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fill(one, variables)]))
}

function fillText(text: string, variables: Record<string, string>): string {
  return text.replace(/\$\{(\w+):([-?])([^}]*)\}/g, (_, name: string, kind: string, rest: string) => {
    const value = variables[name]
    if (value) return value
    if (kind === '?') throw new Error(`${name}: ${rest}`)
    return rest
  })
}
