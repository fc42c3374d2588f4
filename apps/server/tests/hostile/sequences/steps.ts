import { REFERENCE_SETTINGS } from '@latchkey/contract'
import { PASSWORD } from '@latchkey/testkit'
import { type Endpoint, listEndpoints } from '../../../src/doors/rest/endpoints.ts'
import { createRouter } from '../../../src/procedures/router.ts'

/** The address that each call names for its mailed link, where it can. */
export const LANDING = 'https://app.example.com/landing'

/** One call about an address. */
export interface Step {
  name: string
  path: string
  isAnonymous: boolean
  bodyOf(email: string): Record<string, string>
}

/** The passwords of the caller: the one of its own sign-ups and its own user, and one that nobody has. */
const PASSWORDS = { own: PASSWORD, wrong: 'a password of nobody at all' }

/**
 * Every call about an address that anybody can make, and those that need a session of any user.
 *
 * The list comes from the router. An operation with a field `password` gives a step with the own password and one with
 * a wrong password. It also gives a step without a password, if the operation does not require it.
 */
export const STEPS: Step[] = listEndpoints(createRouter(REFERENCE_SETTINGS))
  .filter(({ method, meta }) => method === 'POST' && takesAddress(meta.shape) && isForAnybody(meta.access))
  .flatMap(listSteps)

/** The anonymous steps that say nothing wrong. */
export const ANONYMOUS_STEPS = STEPS.filter(({ isAnonymous, name }) => isAnonymous && !name.includes('wrong'))

/** Lists every ordered sequence of some steps, of one length. */
export function listSequences(steps: Step[], length: number): Step[][] {
  if (length === 0) return [[]]
  return listSequences(steps, length - 1).flatMap((sequence) => steps.map((step) => [...sequence, step]))
}

function isForAnybody(access: Endpoint['meta']['access']): boolean {
  return access === 'anonymous' || access === 'authenticated'
}

function takesAddress(shape: Endpoint['meta']['shape']): boolean {
  return Object.keys(shape).some(isAddress)
}

function isAddress(field: string): boolean {
  return field.endsWith('email')
}

function listSteps({ operationId, path, meta }: Endpoint): Step[] {
  const isAnonymous = meta.access === 'anonymous'
  return listPasswords(meta).map(([kind, password]) => ({
    name: kind ? `${operationId} (${kind})` : operationId,
    path,
    isAnonymous,
    bodyOf: (email) => compose(Object.keys(meta.shape), email, password),
  }))
}

/** The passwords with which an operation is called; undefined for none. The own user's password is always right. */
function listPasswords({ shape, access, input }: Endpoint['meta']): [kind: string, password?: string][] {
  if (!('password' in shape)) return [['', PASSWORDS.own]]
  if (access !== 'anonymous') return [['own', PASSWORDS.own]]
  const missing = input.safeParse({}).error?.issues.map(({ path }) => path[0]) ?? []
  const isOptional = !missing.includes('password')
  return [...Object.entries(PASSWORDS), ...(isOptional ? [['none'] satisfies [string]] : [])]
}

function compose(fields: string[], email: string, password: string | undefined): Record<string, string> {
  const fill = (field: string) => {
    if (field === 'redirect_to') return LANDING
    return isAddress(field) ? email : field.startsWith('password') ? password : 'Ada'
  }
  const values = fields.map((field) => [field, fill(field)])
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}
