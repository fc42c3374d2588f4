import type { Person } from './person.ts'

/** What the callers can do. */
export const TASKS = ['login', 'refresh', 'user', 'registration', 'mixed'] as const

/** One of the {@link TASKS}. */
export type CallTask = (typeof TASKS)[number]

/** A hundred calls of the mixed load: people read more than they refresh, and refresh more than they sign in. */
export const MIX = { user: 70, refresh: 25, login: 4, registration: 1 } as const

/** What a caller needs to make its calls. */
export interface Caller {
  person: Person
  /** The name of an address that was never used. */
  newEmail: () => string
  /** How many calls of the mixed load it has made. */
  mixed: number
}

const ORDER = spread(MIX)

/** Makes one call of a task. */
export async function perform(task: CallTask, caller: Caller): Promise<void> {
  switch (task) {
    case 'login':
      return caller.person.login()
    case 'refresh':
      return caller.person.refresh()
    case 'user':
      return caller.person.readUser()
    case 'registration':
      return caller.person.register(caller.newEmail())
    case 'mixed':
      return perform(ORDER[caller.mixed++ % ORDER.length] ?? 'user', caller)
  }
}

/** Spreads the calls of a mix evenly, so that every part of a round has the same mix. */
function spread(mix: Record<keyof typeof MIX, number>): Exclude<CallTask, 'mixed'>[] {
  const places = Object.entries(mix).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, i) => ({ name, at: (i + 0.5) / count })),
  )
  return places
    .toSorted((one, other) => one.at - other.at)
    .map(({ name }) => name as Exclude<CallTask, 'mixed'>)
}
