import { type ReactNode, useState } from 'react'
import { showFailure } from '../forms/failure-text.tsx'

/** The outcome of the last act. */
export interface Acts {
  done: string
  refusal: ReactNode
  /**
   * Runs an act, and shows its outcome.
   *
   * @param sentence - the sentence to show after a success
   * @returns whether the act succeeded
   */
  act(work: () => Promise<unknown>, sentence: string): Promise<boolean>
}

/**
 * Runs one act at a time. An act that begins while another act runs is ignored.
 *
 * @param onDone - called after each success
 */
export function useAct(onDone: () => Promise<void>): Acts {
  const [state, setState] = useState({ done: '', refusal: null as ReactNode, isActing: false })
  async function act(work: () => Promise<unknown>, sentence: string): Promise<boolean> {
    if (state.isActing) return false
    setState({ done: '', refusal: null, isActing: true })
    try {
      await work()
    } catch (error) {
      setState({ done: '', refusal: showFailure(error), isActing: false })
      return false
    }
    setState({ done: sentence, refusal: null, isActing: false })
    await onDone()
    return true
  }
  return { done: state.done, refusal: state.refusal, act }
}
