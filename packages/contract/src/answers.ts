import { z } from 'zod'
import { AUDIT_ACTORS } from './audit-actors.ts'
import { EXAMPLE_ID } from './ids.ts'
import { ROLE } from './role-field.ts'

const access = z.string().meta({ description: 'Access token, to be sent as a bearer.' })
const refresh = z.string().meta({
  description: 'Refresh token; works once, then `POST /refresh/` answers with its successor.',
})

const bound = z.literal(true).optional().meta({
  description:
    'The session is bound to the key of a DPoP proof, and a refresh needs that key. Not there for another one.',
})

/** The tokens of an answer. In cookie mode the answer has no refresh token. */
export interface TokenAnswer {
  access: string
  refresh?: string
  bound?: true
}

const tokenPair = z
  .object({ access, refresh, bound })
  .meta({ id: 'TokenPair', description: 'The tokens of a session.' })
const accessToken = z
  .object({ access, bound })
  .meta({ id: 'AccessToken', description: 'The access token; a cookie has the refresh token.' })

/** The tokens of an answer under the settings of this server. The type is that of both modes. */
export function tokens(cookieMode: boolean): z.ZodType<TokenAnswer> {
  return cookieMode ? accessToken : tokenPair
}

/** A sentence, and the tokens of an operation that gives tokens. */
export function detailWithTokens(
  sentence: string,
  cookieMode: boolean,
): z.ZodType<Partial<TokenAnswer> & { detail: string }> {
  const detail = z.string().meta({ example: sentence })
  const shape = { detail, access: access.optional(), bound }
  return cookieMode ? z.object(shape) : z.object({ ...shape, refresh: refresh.optional() })
}

/** The fields of an answer, and the tokens that only some callers get. */
export function withTokens(answer: z.ZodObject, cookieMode: boolean): z.ZodType {
  return answer.extend({
    access: access.optional(),
    bound,
    ...(!cookieMode && { refresh: refresh.optional() }),
  })
}

/** An answer with a fixed sentence, word for word. */
export function detailOf<const Sentence extends string>(sentence: Sentence) {
  return z.object({ detail: z.literal(sentence).meta({ example: sentence }) })
}

/** An answer without a body: only the status. */
export const nothing = z.void()

/** A time: ISO 8601, UTC. */
export const time = z.iso
  .datetime()
  .meta({ id: 'Time', pattern: 'Z$', description: 'ISO 8601, in UTC.', example: '2026-01-31T12:00:00.000Z' })

const language = () =>
  z.string().nullable().meta({ description: 'The language of mails; null for the default.', example: 'de' })

const id = () => z.string().meta({ example: EXAMPLE_ID })

/** A user's own details. */
export const userDetails = z
  .object({
    email: z.string().meta({ example: 'ada@example.com' }),
    first_name: z.string().meta({ example: 'Ada' }),
    last_name: z.string().meta({ example: 'Lovelace' }),
    language: language(),
    has_usable_password: z.boolean().meta({
      description: 'Whether a password signs the user in. One who came by a provider may have none.',
    }),
  })
  .meta({ id: 'User', description: 'The details of a user, as the user sees them.' })

/** A change of address that waits for its link to be followed. */
export const pendingEmailChange = z
  .object({
    new_email: z.string().meta({ example: 'ada@example.org' }),
    requested_at: time,
    expires_at: time,
  })
  .meta({ id: 'PendingEmailChange', description: 'A change of address that waits for its link.' })

const client = {
  ip: z.string().nullable().meta({ example: '192.0.2.1' }),
  browser: z.string().nullable(),
  os: z.string().nullable(),
  device: z.string().nullable(),
}

/** A session, as its user and staff read it. */
export const session = z
  .object({
    id: id(),
    current: z.boolean().meta({ description: 'Whether it is the session of this request.' }),
    created_at: time,
    last_seen_at: time,
    expires_at: time,
    ...client,
  })
  .meta({ id: 'Session', description: 'A session of a user.' })

/** The sessions of a user. */
export const sessionList = z.object({ sessions: z.array(session) }).meta({ id: 'SessionList' })

/** An event of a user, as the user and staff read it. */
export const securityEvent = z
  .object({
    id: id(),
    kind: z.string().meta({ description: 'What happened.', example: 'login' }),
    created_at: time,
    actor: z.enum(AUDIT_ACTORS).meta({
      description: 'Who did it: the owner, staff, an operator, or anyone where nothing was proven.',
    }),
    session_id: z.string().nullable(),
    ...client,
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).meta({
      description: 'What the kind of event says besides.',
      example: { method: 'password' },
    }),
  })
  .meta({ id: 'SecurityEvent', description: 'An event of a user.' })

/** An event with the id of its actor, for staff. */
export const staffEvent = securityEvent
  .extend({
    actor_id: z.string().nullable().meta({ description: 'The account that did it, where one proved to.' }),
  })
  .meta({ id: 'StaffEvent', description: 'An event of a user, as staff see it.' })

/** A user as staff read it. */
export const staffUser = z
  .object({
    id: id(),
    external_id: z.string().nullable().meta({ description: 'The claim `user_id`; null when it is `id`.' }),
    email: z.string().meta({ example: 'ada@example.com' }),
    first_name: z.string().meta({ example: 'Ada' }),
    last_name: z.string().meta({ example: 'Lovelace' }),
    language: language(),
    role: z.int().meta(ROLE),
    is_active: z.boolean(),
    email_verified: z.boolean(),
    second_factor: z.boolean().meta({ description: 'Whether a sign-in asks for a second factor.' }),
    passkeys: z.int().meta({ description: 'How many passkeys the account has.', example: 1 }),
    connections: z.array(z.string()).meta({
      description: 'The providers whose accounts sign the account in, the oldest connection first.',
      example: ['google'],
    }),
    created_at: time,
    last_seen_at: time.nullable().meta({
      description: 'When a session of the account was last used; null when it is signed in nowhere.',
    }),
  })
  .meta({ id: 'StaffUser', description: 'A user, as staff see the user.' })
