import { randomUUID } from 'node:crypto'
import type postgres from 'postgres'
import type { DjangoTokens } from './django-deployment.ts'
import {
  DJANGO_ACCESS_SECONDS,
  DJANGO_REFRESH_SECONDS,
  type DjangoClaims,
  newDjangoId,
  signDjangoToken,
} from './django-tokens.ts'

/** What a user of the old deployment has. */
export interface DjangoUser {
  email: string
  /** The hash of its password, as Django writes it; unusable unless given. */
  password?: string
  isVerified?: boolean
  isActive?: boolean
  isStaff?: boolean
}

/** Adds a user with its address, as a sign-up there does, and returns its id. */
export async function addDjangoUser(sql: postgres.Sql, user: DjangoUser): Promise<string> {
  const { email, password = '!', isVerified = true, isActive = true, isStaff = false } = user
  const [row] = await sql<{ id: string }[]>`
    insert into jwt_allauth_jauser (id, password, is_superuser, username, first_name, last_name, email, is_staff,
      is_active, date_joined, role)
    values (nextval('jwt_allauth_jauser_id_seq'), ${password}, false, ${randomUUID()}, 'Ada', 'Test', ${email},
      ${isStaff}, ${isActive}, now(), ${isStaff ? 1000 : 0})
    returning id::text`
  const id = row?.id ?? ''
  await sql`
    insert into account_emailaddress (id, email, verified, "primary", user_id)
    values (nextval('account_emailaddress_id_seq'), ${email}, ${isVerified}, true, ${id})`
  return id
}

/**
 * Adds a live session, as a sign-in there does, and returns the pair of its client.
 *
 * @param userId - a user of role 0 with a verified address
 */
export async function addDjangoSession(sql: postgres.Sql, userId: string): Promise<DjangoTokens> {
  const [jti, session] = [newDjangoId(), newDjangoId()]
  await sql`
    insert into jwt_allauth_refreshtokenwhitelistmodel (id, created, jti, enabled, session, user_id)
    values (nextval('jwt_allauth_refreshtokenwhitelistmodel_id_seq'), now(), ${jti}, true, ${session}, ${userId})`
  const iat = Math.floor(Date.now() / 1000)
  const shared = { iat, user_id: userId, session, session_iat: iat, role: 0, email_verified: true }
  const refresh: DjangoClaims = { token_type: 'refresh', exp: iat + DJANGO_REFRESH_SECONDS, jti, ...shared }
  const access: DjangoClaims = {
    token_type: 'access',
    exp: iat + DJANGO_ACCESS_SECONDS,
    jti: newDjangoId(),
    ...shared,
  }
  return { user: userId, access: signDjangoToken(access), refresh: signDjangoToken(refresh) }
}
