import { DATABASE_FAULTS } from './database-faults.ts'
import type { FaultKind } from './fault-kind.ts'
import { NEIGHBOUR_FAULTS } from './neighbour-faults.ts'
import { listOperatorFaults } from './operator-faults.ts'
import { SERVER_FAULTS } from './server-faults.ts'
import { WIRE_FAULTS } from './wire-faults.ts'

/** The kinds of a run. */
export interface KindOptions {
  /** The build of the server, for the faults that are commands. */
  program: string
  /** The names of the kinds; all kinds that this machine can do unless given. */
  kinds?: string[]
  /** Kinds that are no part of the list: a test plants what the checker must notice. */
  planted?: FaultKind[]
}

/**
 * Chooses the kinds of a run, before anything is started.
 *
 * @throws {RangeError} that lists all names, when one of the given names is unknown
 */
export function chooseKinds({ program, kinds, planted = [] }: KindOptions): FaultKind[] {
  const all = [
    ...SERVER_FAULTS,
    ...DATABASE_FAULTS,
    ...NEIGHBOUR_FAULTS,
    ...WIRE_FAULTS,
    ...listOperatorFaults(program),
  ]
  const names = all.map(({ name }) => name)
  const unknown = kinds?.find((name) => !names.includes(name))
  if (unknown !== undefined) {
    throw new RangeError(`There is no kind of fault "${unknown}"; choose from ${names.join(', ')}.`)
  }
  const chosen = kinds ? all.filter(({ name }) => kinds.includes(name)) : all
  return [...chosen, ...planted]
}
