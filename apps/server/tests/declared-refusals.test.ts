import { expect, it } from 'vitest'
import type { Telemetry } from '../src/doors/telemetry/telemetry.ts'
import { watchRefusals } from './declared-refusals.ts'
import { CONFIG } from './test-server.ts'

const LISTED = {
  operation: 'login',
  door: 'rest',
  status: 401,
  code: 'incorrect_credentials',
  seconds: 0,
} as const

it.each([
  ['a refusal that its operation lists', {}, true],
  ['a success', { status: 200, code: 'none' }, true],
  ['a field error', { status: 400, code: 'invalid' }, true],
  ['what tRPC reads', { door: 'trpc', status: 415, code: 'unsupported_media_type' }, true],
  ['a request of no operation', { operation: 'unknown', status: 404, code: 'not_found' }, true],
  ['a refusal of another operation', { code: 'no_usable_password' }, false],
  ['a listed code with another status', { status: 400 }, false],
] as const)('%s is passed on, and listed: %j %s', (_what, changes, isListed) => {
  const passed: unknown[] = []
  const telemetry = { ended: (call) => void passed.push(call) } as Partial<Telemetry> as Telemetry
  const watch = watchRefusals(telemetry, CONFIG)
  const call = { ...LISTED, ...changes }
  watch.telemetry.ended(call)
  expect(passed).toEqual([call])
  const check = expect(() => watch.check())
  if (isListed) check.not.toThrow()
  else check.toThrow(`login: ${call.status} ${call.code}`)
})
