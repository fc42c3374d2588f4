import { ANSWER_NAMES } from './names.ts'
import type { ClientOperation } from './read-operations.ts'

/** Writes the import of the types of `bodies.ts` that a text uses. */
export function importTypes(text: string, operations: readonly ClientOperation[]): string {
  const own = operations.flatMap(({ input, answer }) => [input?.ownName, answer.ownName])
  const words = new Set<string | null | undefined>(text.match(/\w+/g))
  const used = ['Detail', ...ANSWER_NAMES.map(({ name }) => name), ...own].filter((name) => words.has(name))
  const lines = used.sort().map((name) => `  ${name},\n`)
  return `import type {\n${lines.join('')}} from './bodies.ts'\n\n`
}
