import { describe, expect, it } from 'vitest'
import { fillPath, listPlaces } from '../links.ts'
import { listPages, pages } from '../pages.ts'
import { REFUSALS } from '../refusals.ts'
import { resolveOperation } from '../resolve-operation.ts'
import { EVERY_SETTINGS } from '../settings.ts'
import { operations } from './index.ts'

const definitions = Object.entries(operations)

/** Every operation under each of the settings in EVERY_SETTINGS. */
const resolved = EVERY_SETTINGS.flatMap((settings) =>
  definitions.map(([name, definition]) => [name, resolveOperation(definition, settings)] as const),
)

function expectUnique(values: string[]): void {
  expect(values).toEqual([...new Set(values)])
}

describe('the operations', () => {
  it('have unique procedures and operationIds', () => {
    expectUnique(definitions.map(([, { procedure }]) => procedure))
    for (const settings of EVERY_SETTINGS) {
      const ids = definitions.flatMap(([, definition]) => {
        const { operationId, also } = resolveOperation(definition, settings)
        return [operationId, ...also.map((one) => one.operationId)]
      })
      expectUnique([...ids, ...listPages(settings).map(([, page]) => page.operationId)])
    }
  })

  it('have unique pairs of method and path', () => {
    for (const settings of EVERY_SETTINGS) {
      const routes = definitions.flatMap(([, definition]) => {
        const { method, path, also } = resolveOperation(definition, settings)
        return [method, ...also.map((one) => one.method)].map((one) => `${one} ${path}`)
      })
      expectUnique([...routes, ...listPages(settings).map(([, page]) => `GET ${page.path}`)])
    }
  })

  it.each(resolved)('%s has every field of its path in its input', (_name, { path, shape }) => {
    expect(Object.keys(shape)).toEqual(expect.arrayContaining(listPlaces(path)))
  })

  it('that end sessions or protect an account have counters of their own', () => {
    const protecting = definitions.filter(([, definition]) => 'protects' in definition).map(([name]) => name)
    expect(protecting.sort()).toEqual([
      'cancelEmailChange',
      'changePassword',
      'deactivateUser',
      'deleteOwnUser',
      'deletePasskey',
      'deleteUser',
      'disconnectProvider',
      'endUserSession',
      'endUserSessions',
      'logout',
      'logoutAll',
      'resetUserFactors',
      'revokeSession',
      'setNewPassword',
      'setUserRole',
    ])
  })

  it.each(resolved)(
    '%s has a counter of its own when it removes the cookie or deletes',
    (_name, operation) => {
      if (operation.method === 'DELETE' || operation.refreshCookie === 'removes')
        expect(operation.protects).toBe(true)
    },
  )

  it.each(resolved)('%s answers 204 if, and only if, its answer is empty', (_name, operation) => {
    expect(operation.output.safeParse(undefined).success).toBe(operation.status === 204)
  })

  it.each(resolved)('%s changes nothing when it is a query', (_name, operation) => {
    if (operation.kind === 'query') {
      expect(operation).toMatchObject({ method: 'GET', givesTokens: false, refreshCookie: undefined })
    }
  })

  it.each(resolved)(
    '%s gives tokens only to callers whose site is checked in cookie mode',
    (_name, operation) => {
      if (operation.givesTokens) expect(operation.refreshCookie).toBeDefined()
    },
  )
})

it('settings add and remove their own operations, fields and answers', () => {
  const [reference, opposite] = EVERY_SETTINGS as [(typeof EVERY_SETTINGS)[0], (typeof EVERY_SETTINGS)[0]]
  const fieldsOf = (name: 'changePassword', settings: typeof reference) =>
    Object.keys(resolveOperation(operations[name], settings).shape)
  expect(fieldsOf('changePassword', reference)).toContain('old_password')
  expect(fieldsOf('changePassword', opposite)).not.toContain('old_password')
  expect(resolveOperation(operations.register, reference).givesTokens).toBe(false)
  expect(resolveOperation(operations.register, opposite).givesTokens).toBe(true)
  expect(listPages(opposite).map(([name]) => name)).toContain('reopenEmailChange')
  expect(Object.keys(pages)).toHaveLength(10)
})

it('values fill the placeholders of a path, whatever characters they have', () => {
  expect(fillPath('/staff/users/{id}/sessions/{session_id}/', { id: 'a/b', session_id: '1' })).toBe(
    '/staff/users/a%2Fb/sessions/1/',
  )
})

it('a refusal with another code on the wire uses a code of the catalogue', () => {
  for (const refusal of Object.values(REFUSALS)) {
    if ('as' in refusal) expect(Object.keys(REFUSALS)).toContain(refusal.as)
  }
})
