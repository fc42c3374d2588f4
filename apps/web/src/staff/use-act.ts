import { useState } from 'react'
import { describeFailure } from '../forms/describe-failure.ts'

/** What became of the last act. */
export interface Acts {
  done: string
  refusal: string | null
  /**
   * Does something, and tells how it went.
   *
   * @param sentence - what to tell when it worked
   * @returns whether it worked
   */
  act(work: () => Promise<unknown>, sentence: string): Promise<boolean>
}

/**
 * Does things one at a time: what is pressed while another is under way does nothing.
 *
 * @param onDone - after each that worked
 */
export function useAct(onDone: () => Promise<void>): Acts {
  const [state, setState] = useState({ done: '', refusal: null as string | null, isActing: false })
  async function act(work: () => Promise<unknown>, sentence: string): Promise<boolean> {
    if (state.isActing) return false
    setState({ done: '', refusal: null, isActing: true })
    try {
      await work()
    } catch (error) {
      setState({ done: '', refusal: describeFailure(error), isActing: false })
      return false
    }
    setState({ done: sentence, refusal: null, isActing: false })
    await onDone()
    return true
  }
  return { done: state.done, refusal: state.refusal, act }
}
