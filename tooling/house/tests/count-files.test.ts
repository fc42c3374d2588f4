import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { countFiles, FILE_BARS, spreadFeatures } from '../src/count-files.ts'
import { listColumns, listOperations, listSettings } from '../src/list-features.ts'
import { parseSource } from '../src/read-sources.ts'

const ROOT = join(import.meta.dirname, '../../..')
const OPERATIONS = parseSource(
  'packages/contract/src/operations/user.ts',
  'export const userOperations = { closeAccount: defineOperation({ path: "/close/" }), other: 1 }',
)
const CONFIG = parseSource(
  'apps/server/src/process/config/tokens.ts',
  `const variables = { GRACE: duration(), MAIL: text() }
  const config = { graceSeconds: env.GRACE ?? 30, ...readMail(env.MAIL) }`,
)
const SCHEMA = parseSource(
  'packages/core/src/tables/users/schema.ts',
  'export const users = pgTable("users", { firstName: text("first_name") }, () => [])',
)

describe('the lists of features', () => {
  it('have the operations that the contract defines', () => {
    expect(listOperations([OPERATIONS, CONFIG])).toEqual(['closeAccount'])
  })

  it('have the variables of the configuration, each with its keys', () => {
    expect(listSettings([OPERATIONS, CONFIG])).toEqual([
      { variable: 'GRACE', keys: ['graceSeconds'] },
      { variable: 'MAIL', keys: [] },
    ])
  })

  it('have the columns of each table', () => {
    expect(listColumns([SCHEMA])).toEqual([{ table: 'users', key: 'firstName' }])
  })
})

describe('the count of files', () => {
  it('has every file that names an operation, and of the tests only the one beside it', () => {
    const texts = [
      'packages/core/src/operations/user/close-account.ts',
      'packages/core/src/operations/user/close-account.test.ts',
      'packages/core/src/operations/user/other.test.ts',
    ].map((path) => parseSource(path, 'closeAccount()'))
    const comment = parseSource(
      'packages/client/src/client.ts',
      '// closeAccount\nconst path = "closeAccount"',
    )
    expect(spreadFeatures([OPERATIONS, ...texts, comment]).operation).toEqual({
      median: 3,
      highest: 3,
      highestName: 'closeAccount',
    })
  })

  it('has the files that set a setting up, and no file that only reads it', () => {
    const type = parseSource('packages/core/src/context.ts', 'interface CoreConfig { graceSeconds: number }')
    const use = parseSource('packages/core/src/steps/rotate.ts', 'use(config.graceSeconds)')
    const { setting } = spreadFeatures([CONFIG, type, use])
    expect([setting.highest, setting.highestName]).toEqual([2, 'GRACE'])
  })

  it('has the files that declare a column, and no operation that uses it', () => {
    const files = [
      parseSource('packages/core/src/tables/users/insert.ts', 'interface NewUser { firstName: string }'),
      parseSource('packages/core/src/tables/sessions/find.ts', 'interface Row { firstName: string }'),
      parseSource('packages/core/src/operations/user/get.ts', 'const user = { firstName: "" }'),
      parseSource('packages/contract/src/answers.ts', 'const user = { first_name: text() }'),
    ]
    expect(spreadFeatures([SCHEMA, ...files]).column.highest).toBe(3)
  })
})

describe('this repository', () => {
  const spreads = countFiles(ROOT)
  const kinds = Object.keys(FILE_BARS) as (keyof typeof FILE_BARS)[]

  it.each(kinds)('has no more hand-written files per %s than the bar, in the median', (kind) => {
    expect(spreads[kind].median).toBeGreaterThan(1)
    expect(spreads[kind].median).toBeLessThanOrEqual(FILE_BARS[kind])
  })
})
