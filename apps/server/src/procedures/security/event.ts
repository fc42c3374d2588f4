import { AUDIT_ACTORS, type SecurityEvent } from '@latchkey/core'
import { z } from 'zod'
import { time } from '../answers.ts'

/** An event of an account as both its owner and staff read it. */
export const securityEvent = z.object({
  id: z.string().meta({ example: '01890a5d-ac96-774b-bcce-b302099a8057' }),
  kind: z.string().meta({ description: 'What happened.', example: 'login' }),
  created_at: time(),
  actor: z.enum(AUDIT_ACTORS).meta({
    description: 'Who did it: the owner, staff, an operator, or anyone where nothing was proven.',
  }),
  session_id: z.string().nullable(),
  ip: z.string().nullable().meta({ example: '192.0.2.1' }),
  browser: z.string().nullable().meta({ example: 'Firefox' }),
  os: z.string().nullable().meta({ example: 'Linux' }),
  device: z.string().nullable().meta({ example: 'desktop' }),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
    description: 'What the kind of event says besides.',
    example: { method: 'password' },
  }),
})

/** Tells an event in the words of the contract. */
export function describeEvent(event: SecurityEvent) {
  const { createdAt, sessionId, details, ...same } = event
  return { ...same, created_at: createdAt.toISOString(), session_id: sessionId, details: { ...details } }
}
