/** Fields of a sign-in. */
export interface LoginInput {
  email: string
  password: string
}

/** Fields of a sign-up. */
export interface RegisterInput {
  email: string
  password1: string
  /** The same again. */
  password2: string
  /** Required unless the server runs with `REGISTRATION_NAMES_REQUIRED=false`. */
  first_name?: string
  last_name?: string
}

/** What a person may see of their account. */
export interface User {
  email: string
  first_name: string
  last_name: string
}

/** The names to change; what is left out stays. */
export interface UserUpdate {
  first_name?: string
  last_name?: string
}

/** Fields of a change of password. */
export interface PasswordChangeInput {
  /** Required unless the server runs with `OLD_PASSWORD_FIELD_ENABLED=false`. */
  old_password?: string
  new_password1: string
  /** The same again. */
  new_password2: string
}

/** Fields of the form that a reset link leads to. */
export interface NewPasswordInput {
  new_password1: string
  /** The same again. */
  new_password2: string
  /** The last part of the link, in a program that was handed the link itself and so has no cookie of it. */
  token?: string
}

/** Fields of a change of address. */
export interface EmailChangeInput {
  new_email: string
  /** The account's password. */
  password: string
}

/** A sentence for the person. */
export interface Detail {
  detail: string
}

/** One of the person's sessions. Times are ISO 8601 in UTC. */
export interface SessionInfo {
  id: string
  /** Whether it is the one that asks. */
  current: boolean
  created_at: string
  last_seen_at: string
  expires_at: string
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
}

/** Which page of a list; the first one unless given. */
export interface PageInput {
  /** The `next_cursor` of the page before. */
  cursor?: string
  /** From 1 to 100; 50 unless given. */
  limit?: number
}

/** Something that happened to an account. */
export interface SecurityEvent {
  id: string
  /** What happened, such as `login` or `password_changed`; a newer server may know more kinds. */
  kind: string
  /** ISO 8601 in UTC. */
  created_at: string
  /** Who did it: the owner, staff, an operator, or anyone where nothing was proven. */
  actor: 'self' | 'staff' | 'operator' | 'anyone'
  session_id: string | null
  ip: string | null
  browser: string | null
  os: string | null
  device: string | null
  /** What the kind says besides. */
  details: Record<string, string | number | boolean>
}

/** What became of a sign-up. */
export type RegisterResult =
  | { signedIn: true }
  /** The person must follow a link in a mail first. */
  | { signedIn: false; detail: string }
