import type { SecurityEvent } from './bodies.ts'

/** An account as staff see it. */
export interface StaffAccount {
  id: string
  email: string
  first_name: string
  last_name: string
  /** 0 user, 1000 staff, 900 superuser; any other number is the operator's. */
  role: number
  is_active: boolean
  email_verified: boolean
  /** ISO 8601 in UTC. */
  created_at: string
}

/** Fields of an account that staff make. */
export interface StaffAccountInput {
  email: string
  /** Left out, its owner is invited by a mailed link. */
  password?: string
  first_name?: string
  last_name?: string
  /** 0 unless given; any other takes a superuser. */
  role?: number
}

/** An event with who of the staff did it. */
export interface StaffEvent extends SecurityEvent {
  /** The account that did it, where one proved to. */
  actor_id: string | null
}
