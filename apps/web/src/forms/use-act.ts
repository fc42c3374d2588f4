import { type ReactNode, type RefObject, useRef, useState } from 'react'
import { type Sentence, say } from '../languages/create-messages.ts'
import { useMessages } from '../languages/language-store.ts'
import { showFailure } from './failure-text.tsx'

/** The outcome of the last act. */
export interface Acts {
  done: ReactNode
  /** The sentence of a failure; null without a failure. */
  refusal: ReactNode
  isActing: boolean
  /**
   * Runs an act, and shows its outcome.
   *
   * @param sentence - the sentence to show after a success
   * @returns whether the act succeeded
   */
  act(work: () => Promise<unknown>, sentence: Sentence): Promise<boolean>
  /** Takes the outcome of the last act off the page: before a dialog asks about the next one. */
  forget(): void
}

interface State {
  done: Sentence
  refusal: ReactNode
  isActing: boolean
}

const IDLE: State = { done: null, refusal: null, isActing: false }

/**
 * Runs one act at a time. An act that begins while another act runs is ignored.
 *
 * @param onDone - called after each success
 */
export function useAct(onDone: () => Promise<void>): Acts {
  const messages = useMessages()
  const [state, setState] = useState(IDLE)
  async function act(work: () => Promise<unknown>, sentence: Sentence): Promise<boolean> {
    if (state.isActing) return false
    setState({ ...IDLE, isActing: true })
    try {
      await work()
    } catch (error) {
      setState({ ...IDLE, refusal: showFailure(error) })
      return false
    }
    setState({ ...IDLE, done: sentence })
    await onDone()
    return true
  }
  const forget = () => setState((now) => (now.isActing ? now : IDLE))
  return { done: say(state.done, messages), refusal: state.refusal, isActing: state.isActing, act, forget }
}

/** Acts of which one is asked about in a dialog. */
export interface AskedActs extends Acts {
  dialog: RefObject<HTMLDialogElement | null>
  /** Opens the dialog, without the outcome of the last act. */
  ask(): void
}

/**
 * Runs acts as {@link useAct} does, one of which is asked about first.
 *
 * @param onDone - called after each success
 */
export function useAskedAct(onDone: () => Promise<void>): AskedActs {
  const dialog = useRef<HTMLDialogElement>(null)
  const acts = useAct(onDone)
  const ask = () => {
    acts.forget()
    dialog.current?.showModal()
  }
  return { ...acts, dialog, ask }
}
