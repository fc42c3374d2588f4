import { createTestCore, type TestCore } from '@latchkey/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { newEvent, newId, rowsOf } from '../../../tests/support/rows.ts'
import type { EventId, UserId } from '../../words/ids.ts'
import { deleteSession } from '../sessions/end.ts'
import { eraseClients, insertEvent, listEvents } from './statements.ts'

let test: TestCore
let rows: ReturnType<typeof rowsOf>
beforeAll(async () => {
  test = await createTestCore()
  rows = rowsOf(test.database)
})
afterAll(() => test.close())

let [own, other, staff] = [] as unknown as [UserId, UserId, UserId]
beforeEach(async () => {
  await test.database.sql`delete from audit_events`
  ;[own, other, staff] = [await rows.addUser(), await rows.addUser(), await rows.addUser()]
})

const addEvent = async (changes: object) => {
  const event = { ...newEvent(), ip: '203.0.113.7', ...changes }
  await insertEvent(test.ctx.db, test.ctx.clock, event)
  return event.id
}

it('the clients of a user are erased from its own events and from its acts as staff', async () => {
  const events: Record<string, object> = {
    own: { userId: own, actorId: own },
    'by nobody': { userId: own, actor: 'anonymous', actorId: null },
    'as staff': { userId: other, actor: 'staff', actorId: own },
    'by staff': { userId: own, actor: 'staff', actorId: staff },
    'of another': { userId: other, actorId: other },
    'of nobody': { userId: null, actor: 'anonymous', actorId: null },
    'of staff at another': { userId: other, actor: 'staff', actorId: staff },
    'at another, not as staff': { userId: other, actor: 'self', actorId: own },
  }
  const ids = new Map<EventId, string>()
  for (const [name, changes] of Object.entries(events)) ids.set(await addEvent(changes), name)
  await eraseClients(test.ctx.db, [own])
  const erased = await test.database.sql`select id from audit_events where ip is null`
  expect(erased.map(({ id }) => ids.get(id)).sort()).toEqual(['as staff', 'by nobody', 'own'])
})

it('a page of events has one event more, and is of one user', async () => {
  for (let n = 0; n < 4; n++) await addEvent({ userId: own })
  await addEvent({ userId: other })
  const page = await listEvents(test.ctx.db, { userId: own, limit: 2, cursor: null })
  expect(page.map(({ userId }) => userId)).toEqual([own, own, own])
})

describe('the event of a statement', () => {
  it.each([
    ['self', 'the user'],
    ['staff', 'the member of staff'],
  ] as const)('by %s names %s as the actor', async (actor, _) => {
    const sessionId = await rows.addSession(own)
    const event = { ...newEvent(), actor, actorId: actor === 'staff' ? staff : newId<UserId>() }
    await deleteSession(test.ctx.db, test.ctx.clock, { sessionId, userId: own, event })
    const [row] = await test.database.sql`select user_id, actor_id from audit_events where id = ${event.id}`
    expect(row).toEqual({ user_id: own, actor_id: actor === 'staff' ? staff : own })
  })
})
