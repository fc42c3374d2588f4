// Made from packages/contract by `npm run generate`; a change by hand is lost.

/** A sentence for the user. */
export interface Detail {
  detail: string
}

/** The details of a user, as the user sees them. */
export interface User {
  email: string
  first_name: string
  last_name: string
  /** The language of mails; null for the default. */
  language: string | null
}

/** A change of address that waits for its link. */
export interface PendingEmailChange {
  new_email: string
  /** ISO 8601, in UTC. */
  requested_at: string
  /** ISO 8601, in UTC. */
  expires_at: string
}

/** A session of a user. */
export interface SessionInfo {
  id: string
  /** Whether it is the session of this request. */
  current: boolean
  /** ISO 8601, in UTC. */
  created_at: string
  /** ISO 8601, in UTC. */
  last_seen_at: string
  /** ISO 8601, in UTC. */
  expires_at: string
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** An event of a user. */
export interface SecurityEvent {
  id: string
  /** What happened. */
  kind: string
  /** ISO 8601, in UTC. */
  created_at: string
  /** Who did it: the owner, staff, an operator, or anyone where nothing was proven. */
  actor: 'self' | 'staff' | 'operator' | 'anyone'
  session_id: string | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  /** What the kind of event says besides. */
  details: Record<string, string | number | boolean>
}

/** An event of a user, as staff see it. */
export interface StaffEvent {
  id: string
  /** What happened. */
  kind: string
  /** ISO 8601, in UTC. */
  created_at: string
  /** Who did it: the owner, staff, an operator, or anyone where nothing was proven. */
  actor: 'self' | 'staff' | 'operator' | 'anyone'
  session_id: string | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  /** What the kind of event says besides. */
  details: Record<string, string | number | boolean>
  /** The account that did it, where one proved to. */
  actor_id: string | null
}

/** A user, as staff see the user. */
export interface StaffAccount {
  id: string
  email: string
  first_name: string
  last_name: string
  /** The language of mails; null for the default. */
  language: string | null
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's own. */
  role: number
  is_active: boolean
  email_verified: boolean
  /** ISO 8601, in UTC. */
  created_at: string
  /** When a session of the account was last used; null when it is signed in nowhere. */
  last_seen_at: string | null
}

/** The input of `client.login`. */
export interface LoginInput {
  email: string
  password: string
}

/** The input of `client.register`. */
export interface RegisterInput {
  email: string
  password1: string
  password2: string
  /** Required unless the server runs with `REGISTRATION_NAMES_REQUIRED=false`. */
  first_name?: string
  /** Required unless the server runs with `REGISTRATION_NAMES_REQUIRED=false`. */
  last_name?: string
  /** The language of mails. Without it, or when the server does not speak it: that of `Accept-Language`. */
  language?: string | null
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `client.registration.resend`. */
export interface ResendVerificationInput {
  email: string
  /** The password of one sign-up. */
  password?: string
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `client.password.change`. */
export interface PasswordChangeInput {
  /** Required unless the server runs with `OLD_PASSWORD_FIELD_ENABLED=false`. */
  old_password?: string
  new_password1: string
  new_password2: string
}

/** The input of `client.password.setNew`. */
export interface NewPasswordInput {
  new_password1: string
  new_password2: string
  /** What stood in place of `{token}` in `PASSWORD_RESET_REDIRECT`, or the last part of the mailed link. */
  token?: string
  /**
   * The mark of the link that a form was made for. The built-in form sends it, and is refused when another
   * link was opened since.
   */
  link?: string
}

/** The input of `client.email.change`. */
export interface EmailChangeInput {
  new_email: string
  password: string
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `client.user.update`. */
export interface UserUpdate {
  first_name?: string
  last_name?: string
  /** The language of mails; null for the default. */
  language?: string | null
}

/** The input of `client.securityEvents.list`. */
export interface PageInput {
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** At most 100; 50 when left out. */
  limit?: number
}

/** The input of `staff.users.list`. */
export interface StaffUserFilter {
  /** Any part of an address or of a name, in any case. A whole address finds its account alone. */
  search?: string
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's own. */
  role?: number
  is_active?: boolean
  email_verified?: boolean
  /** Made at this time or later. */
  created_after?: string
  /** Made earlier. */
  created_before?: string
  /** Seen at this time or later. */
  last_seen_after?: string
  /** Seen earlier, or signed in nowhere. */
  last_seen_before?: string
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** At most 100; 50 when left out. */
  limit?: number
}

/** The input of `staff.users.create`. */
export interface StaffAccountInput {
  email: string
  password?: string
  first_name?: string
  last_name?: string
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's own. */
  role?: number
  /** The language of mails; null for the default. */
  language?: string | null
  /** Where the mailed link leads: one of `REDIRECT_URLS`. */
  redirect_to?: string
}

/** The input of `staff.events.list`. */
export interface ListUserEventsInput {
  id: string
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** At most 100; 50 when left out. */
  limit?: number
}
