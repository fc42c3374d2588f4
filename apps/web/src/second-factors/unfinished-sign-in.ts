import type {
  SecondFactorRequired as SecondStep,
  SecondFactorSetupRequired as SetUpStep,
  SignInResult,
} from '@latchkey/client'
import type { Sentence } from '../languages/create-messages.ts'
import { navigate } from '../routing/router.ts'

/** What follows the sign-in. */
export interface AfterSignIn {
  /** The path to open; the first page unless given. */
  next?: string | undefined
  /** The sentence to show there. */
  notice?: Sentence
  /** Whether the sentence is true before the next step too, and is shown there. */
  isDone?: boolean
  /** Whether the page of the next step takes the place of the present one in the history. */
  takesPlace?: boolean
}

interface Held {
  step: SecondStep | SetUpStep
  after: AfterSignIn
}

/** The challenge of the sign-in that waits. It is in no history and no storage, so a reload forgets it. */
let held: Held | null = null

/** Opens the page that follows a right first factor: the one that was wanted, or that of the next step. */
export function openNextStep(result: SignInResult, after: AfterSignIn): void {
  if (result.status === 'signed_in') {
    finishSignIn(after)
    return
  }
  const { next, notice, isDone = false, takesPlace: replace = false } = after
  held = { step: result, after: isDone ? { next } : after }
  const path = result.status === 'second_factor_required' ? '/sign-in/second-step' : '/sign-in/set-up'
  navigate(path, { state: next === undefined ? {} : { next }, replace, ...(isDone && { notice }) })
}

/** Returns the sign-in that waits for a step of this kind; null when none does. */
export function findHeldSignIn<Status extends Held['step']['status']>(status: Status) {
  if (held?.step.status !== status) return null
  return { step: held.step as Extract<Held['step'], { status: Status }>, after: held.after }
}

/** Opens the page that was wanted, and forgets the challenge. */
export function finishSignIn({ next = '/', notice = null }: AfterSignIn): void {
  held = null
  navigate(next, { replace: true, notice })
}

/** Leads back to the sign-in, says why, and forgets the challenge. */
export function beginAgain(next: string | undefined, notice: Sentence): void {
  held = null
  navigate('/sign-in', { replace: true, state: next === undefined ? {} : { next }, notice })
}
