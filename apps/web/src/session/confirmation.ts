import { useSyncExternalStore } from 'react'

/** A question that waits for an answer: is it really the user? */
export interface Confirmation {
  /** The ways that the server offers. */
  methods: readonly string[]
  /** Goes on with what was refused. */
  confirm: () => void
  /** Leaves what was refused as it is. Its caller gets the refusal. */
  cancel: () => void
}

const listeners = new Set<() => void>()
let open: Confirmation | null = null

/**
 * Asks the person to confirm that it is the user. The dialog lies over the page, so what was filled in stays.
 *
 * @param methods - the ways that the server offers; without one the dialog says what to set up first
 * @param refusal - what the promise rejects with when the person does not confirm
 */
export function askToConfirm(methods: readonly string[], refusal: unknown): Promise<void> {
  open?.cancel()
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => () => {
      if (open !== confirmation) return
      show(null)
      end()
    }
    const confirmation: Confirmation = {
      methods,
      confirm: settle(resolve),
      cancel: settle(() => reject(refusal)),
    }
    show(confirmation)
  })
}

/** Returns the question that waits for an answer; null without one. */
export function useConfirmation(): Confirmation | null {
  return useSyncExternalStore(subscribe, () => open)
}

/** Returns the question that waits now. */
export function getConfirmation(): Confirmation | null {
  return open
}

function show(confirmation: Confirmation | null): void {
  open = confirmation
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
