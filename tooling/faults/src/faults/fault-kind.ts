import type { Random } from '../random.ts'
import type { World } from '../world/world.ts'

/** A fault that stands until it is ended. */
export interface StandingFault {
  /** What it was done to. */
  target: string
  /** False when it is over as soon as it has begun. */
  isStanding?: boolean
  end(): Promise<void>
}

/** A kind of fault. */
export interface FaultKind {
  name: string
  /** Answers whether this machine can do it; always unless given. */
  isPossible?(world: World): boolean
  /**
   * Begins the fault.
   *
   * @param milliseconds - how long it is going to stand
   */
  begin(world: World, random: Random, milliseconds: number): Promise<StandingFault>
}

/** A fault that is over as soon as it has begun. */
export function isOver(target: string): StandingFault {
  return { target, isStanding: false, end: async () => undefined }
}
