const WRITES =
  /\b(insert\s+into|update|delete\s+from)\s+(?!set\b|of\b|skip\b|nowait\b)(?:only\s+)?"?([a-z_]\w*)"?(?:\."?([a-z_]\w*)"?)?/gi
const READ = /\b(?:from|join)\s+"?([a-z_]\w*)"?(?:\."?([a-z_]\w*)"?)?/i
const FIRST_WORD = /^[\s(]*([a-z]+)/i
const MOST_NAMES = 1000

const names = new Map<string, string>()

/**
 * Names a statement by what it writes, or else by the table it reads first: `update sessions`.
 *
 * The name has words of SQL and names of tables only. So a trace shows no text of a statement and no value.
 */
export function nameStatement(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = findName(text)
  // The texts of the server are few. A text that is made anew for each call must not fill the memory.
  if (names.size < MOST_NAMES) names.set(text, name)
  return name
}

function findName(text: string): string {
  const writes = [...text.matchAll(WRITES)].map(
    ([, verb = '', first, second]) => `${verb.split(/\s/, 1)[0]?.toLowerCase()} ${second ?? first}`,
  )
  if (writes.length > 0) return [...new Set(writes)].slice(0, 3).join(', ')
  const [, first, second] = READ.exec(text) ?? []
  const verb = FIRST_WORD.exec(text)?.[1]?.toLowerCase() ?? 'statement'
  return first === undefined ? verb : `select ${second ?? first}`
}
