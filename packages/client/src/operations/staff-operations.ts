import { LatchkeyError } from '../http/error.ts'
import type { Call } from '../http/send.ts'
import type { Detail, PageInput, SessionInfo } from './bodies.ts'
import { type OperationContext, withQuery } from './call-as-user.ts'
import type { StaffAccount, StaffAccountInput, StaffEvent } from './staff-bodies.ts'

/**
 * What staff (role 1000) may do to users, and superusers (900) to everybody but themselves.
 *
 * The server decides by the role of that moment: anybody else is refused with `permission_denied`.
 */
export interface StaffOperations {
  readonly users: StaffUserOperations
  readonly sessions: StaffSessionOperations
  readonly events: StaffEventOperations
}

/** Which accounts to list; all of them unless given. */
export interface StaffUserFilter extends PageInput {
  /** The beginning of an address or of a name, in any case. */
  search?: string
  role?: number
  is_active?: boolean
}

/** The accounts. */
export interface StaffUserOperations {
  /** The newest first; `next_cursor` leads to the next page and is null at the end. */
  list(input?: StaffUserFilter): Promise<{ users: StaffAccount[]; next_cursor: string | null }>
  get(input: { id: string }): Promise<StaffAccount>
  create(input: StaffAccountInput): Promise<StaffAccount>
  /** Deletes it for good; the skeleton of its events stays. */
  delete(input: { id: string }): Promise<void>
  /** Keeps its owner out and ends every session of it. */
  deactivate(input: { id: string }): Promise<void>
  /** Lets its owner sign in again. */
  reactivate(input: { id: string }): Promise<void>
  /** Gives it another role and ends its sessions; superusers alone. */
  setRole(input: { id: string; role: number }): Promise<void>
  /** Mails its owner a link for a new password. */
  sendReset(input: { id: string }): Promise<Detail>
}

/** The sessions of an account. */
export interface StaffSessionOperations {
  list(input: { id: string }): Promise<{ sessions: SessionInfo[] }>
  end(input: { id: string; session_id: string }): Promise<void>
  endAll(input: { id: string }): Promise<void>
}

/** What happened to an account. */
export interface StaffEventOperations {
  /** The newest first; `next_cursor` leads to the next page and is null at the end. */
  list(input: PageInput & { id: string }): Promise<{ events: StaffEvent[]; next_cursor: string | null }>
}

/** Makes the operations of staff. */
export function staffOperations({ sendAsUser }: OperationContext): StaffOperations {
  async function call<T>(method: Call['method'], segments: string[], rest: Rest = {}): Promise<T> {
    const path = withQuery(toPath(['staff', 'users', ...segments]), rest.query ?? {})
    return sendAsUser({ method, path, body: rest.body })
  }
  return {
    users: {
      list: (query) => call('GET', [], { query }),
      get: ({ id }) => call('GET', [id]),
      create: (body) => call('POST', [], { body }),
      delete: ({ id }) => call('DELETE', [id]),
      deactivate: ({ id }) => call('POST', [id, 'deactivate']),
      reactivate: ({ id }) => call('POST', [id, 'reactivate']),
      setRole: ({ id, role }) => call('POST', [id, 'role'], { body: { role } }),
      sendReset: ({ id }) => call('POST', [id, 'reset']),
    },
    sessions: {
      list: ({ id }) => call('GET', [id, 'sessions']),
      end: ({ id, session_id }) => call('DELETE', [id, 'sessions', session_id]),
      endAll: ({ id }) => call('DELETE', [id, 'sessions']),
    },
    events: { list: ({ id, ...query }) => call('GET', [id, 'events'], { query }) },
  }
}

interface Rest {
  query?: object
  body?: object
}

/**
 * Writes a path of segments.
 *
 * One that is empty or of dots would vanish from the path, and ending one session would end them all.
 *
 * @throws {LatchkeyError} `not_found` - for such a segment, without asking the server
 */
function toPath(segments: string[]): string {
  if (segments.some((segment) => /^\.{0,2}$/.test(segment))) {
    throw new LatchkeyError('not_found', 'Not found.', { status: 404 })
  }
  return `/${segments.map(encodeURIComponent).join('/')}/`
}
