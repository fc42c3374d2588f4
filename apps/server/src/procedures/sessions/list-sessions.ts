import { listSessions as listOwnSessions, type SessionSummary } from '@latchkey/core'
import { z } from 'zod'
import { authenticatedProcedure } from '../../doors/trpc/procedures.ts'
import { time } from '../answers.ts'
import { noFields } from '../inputs.ts'

/** A session as both its owner and staff read it. */
export const session = z.object({
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

/** Tells a session in the words of the contract. */
export function describeSession(summary: SessionSummary) {
  const { createdAt, lastSeenAt, expiresAt, ...same } = summary
  return {
    ...same,
    created_at: createdAt.toISOString(),
    last_seen_at: lastSeenAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  }
}
