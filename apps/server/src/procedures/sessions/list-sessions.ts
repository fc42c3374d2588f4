import { listSessions as listOwnSessions } from '@latchkey/core'
import { z } from 'zod'
import { authenticatedProcedure } from '../../trpc.ts'
import { noFields } from '../inputs.ts'

const time = () => z.iso.datetime().meta({ example: '2026-01-31T12:00:00.000Z' })

const session = z.object({
  id: z.string().meta({ example: '01890a5d-ac96-774b-bcce-b302099a8057' }),
  current: z.boolean().meta({ description: 'Whether it is the session of this request.' }),
  created_at: time(),
  last_seen_at: time(),
  expires_at: time(),
  ip: z.string().nullable().meta({ example: '192.0.2.1' }),
  browser: z.string().nullable().meta({ example: 'Firefox' }),
  os: z.string().nullable().meta({ example: 'Linux' }),
  device: z.string().nullable().meta({ example: 'desktop' }),
})

export const listSessions = authenticatedProcedure
  .meta({
    openapi: {
      method: 'GET',
      path: '/sessions/',
      operationId: 'sessions_list',
      tags: ['Sessions'],
      summary: "List one's own sessions",
    },
  })
  .input(noFields())
  .output(z.object({ sessions: z.array(session) }))
  .query(async ({ ctx }) => {
    const found = await listOwnSessions(ctx.core, { identity: ctx.identity })
    return { sessions: found.map(describeSession) }
  })

function describeSession(summary: Awaited<ReturnType<typeof listOwnSessions>>[number]) {
  const { createdAt, lastSeenAt, expiresAt, ...same } = summary
  return {
    ...same,
    created_at: createdAt.toISOString(),
    last_seen_at: lastSeenAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  }
}
