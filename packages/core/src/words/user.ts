import type { UserId } from './ids.ts'

/** An account as its owner sees it. */
export interface User {
  id: UserId
  email: string
  firstName: string
  lastName: string
  /** 0 user, 1000 staff, 900 superuser; any other number belongs to the operator. */
  role: number
  emailVerified: boolean
}
