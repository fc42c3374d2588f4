import type { Claims } from './way.ts'

/** The names of a person. A provider that knows only one text gets it divided at its first space. */
export function readNames(claims: Claims): { firstName: string; lastName: string } {
  const [firstName, lastName] = [readText(claims.given_name), readText(claims.family_name)]
  if (firstName !== '' || lastName !== '') return { firstName, lastName }
  const [first = '', ...others] = readText(claims.name).trim().split(/\s+/u)
  return { firstName: first, lastName: others.join(' ') }
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1000) : ''
}
