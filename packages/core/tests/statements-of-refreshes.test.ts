import { createTestCore, makeProofKey, type ProofKey, signUp, type TestCore } from '@latchkey/testkit'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { type RecordingWatch, recordWatch } from './support/recording-watch.ts'
import { refreshKeyed, refreshProven, signUpBound } from './support/retries.ts'

const KEY = 'the key of one refresh'

let key: ProofKey
beforeAll(async () => {
  key = await makeProofKey()
})

let watch: RecordingWatch
let test: TestCore
beforeEach(async () => {
  watch = recordWatch()
  test = await createTestCore({ watch })
})
afterEach(() => test.close())

/** Lists the statements of some work. */
async function listOf(work: () => Promise<unknown>): Promise<string[]> {
  watch.steps.length = 0
  await work()
  return watch.steps.flatMap(([kind, name]) => (kind === 'statement' ? name : []))
}

it('a refresh in time is one statement, whether it is plain, keyed or bound', async () => {
  const [plain, keyed] = [await signUp(test.ctx), await signUp(test.ctx)]
  const bound = await signUpBound(test, key)
  expect(await listOf(() => refreshKeyed(test.ctx, plain.tokens, null))).toEqual(['update sessions'])
  expect(await listOf(() => refreshKeyed(test.ctx, keyed.tokens, KEY))).toEqual(['update sessions'])
  expect(await listOf(() => refreshProven(test, bound.tokens, { key }))).toEqual(['update sessions'])
})

it('a late answer is one statement more than an answer in the grace, and its event', async () => {
  const keyed = await signUp(test.ctx)
  await refreshKeyed(test.ctx, keyed.tokens, KEY)
  const inGrace = await listOf(() => refreshKeyed(test.ctx, keyed.tokens, KEY))
  expect(inGrace).toEqual(['update sessions', 'select sessions'])
  test.clock.seconds += 31
  const late = await listOf(() => refreshKeyed(test.ctx, keyed.tokens, KEY))
  expect(late).toEqual([...inGrace, 'update sessions', 'insert audit_events'])
})
