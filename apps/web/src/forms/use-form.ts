import {
  type FormEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { type Sentence, say } from '../languages/create-messages.ts'
import { useMessages } from '../languages/language-store.ts'
import {
  findBlanks,
  firstWithError,
  hasErrors,
  NO_ERRORS,
  type PlacedErrors,
  placeErrors,
} from './place-errors.ts'

/** The options of a form. */
export interface FormOptions<Name extends string> {
  /** The names of the fields, in the order of the form. */
  fields: readonly Name[]
  /** The sentence for an empty field, per required field. Every other field is optional. */
  required?: Partial<Record<Name, string>>
  /** @returns the sentence to show after a success; undefined shows no sentence */
  submit: (values: Record<Name, string>) => Promise<Sentence>
  /** The fields to empty after a success: passwords that are not needed any more. */
  clears?: readonly Name[]
}

/** The state of a form. */
export interface FormState {
  ref: RefObject<HTMLFormElement | null>
  errors: PlacedErrors
  /** The sentence for an empty field, per required field. */
  blanks: Record<string, string>
  /** The error of the last try, for a screen that offers help with it. */
  failure: unknown
  /** The sentence to show after a success. */
  done: ReactNode
  isSending: boolean
  isShowing: boolean
  setShowing(isShowing: boolean): void
  onSubmit(event: FormEvent<HTMLFormElement>): Promise<void>
}

/** Why the last try was refused. The sentences are written when they are shown, so that they follow the language. */
type Problem = { blank: Record<string, string> } | { failure: unknown }

interface State {
  problem: Problem | null
  done: Sentence
  isSending: boolean
}

const IDLE: State = { problem: null, done: null, isSending: false }

/**
 * Runs a form: sends one request at a time, keeps the typed values until a success, and moves the focus to an error.
 *
 * The inputs hold the values, so that a render or a refusal keeps them.
 */
export function useForm<Name extends string>(options: FormOptions<Name>): FormState {
  const ref = useRef<HTMLFormElement>(null)
  const messages = useMessages()
  const [state, setState] = useState(IDLE)
  const [isShowing, setShowing] = useState(false)
  const blanks: Record<string, string> = { ...options.required }
  const { problem } = state
  const errors = problem === null ? NO_ERRORS : describeProblem(problem)

  function describeProblem(found: Problem): PlacedErrors {
    if ('blank' in found) return findBlanks(found.blank, blanks)
    return placeErrors(found.failure, options.fields, messages.describeError)
  }

  const leadToError = useEffectEvent(() => {
    if (hasErrors(errors)) focusError(ref.current, firstWithError(errors, options.fields))
  })
  // The focus moves after the sentences are drawn, so that a screen reader finds them at the field.
  useEffect(() => leadToError(), [problem])

  async function send(values: Record<Name, string>): Promise<void> {
    setState({ ...IDLE, isSending: true })
    try {
      const done = await options.submit(values)
      clear(ref.current, options.clears ?? [])
      setState({ ...IDLE, done })
    } catch (failure) {
      setState({ ...IDLE, problem: { failure } })
    }
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (state.isSending) return
    // A browser offers to remember the value of a text input, so passwords are hidden again before they are sent.
    setShowing(false)
    const values = readValues(event.currentTarget, options.fields)
    const isBlank = hasErrors(findBlanks(values, blanks))
    await (isBlank ? setState({ ...IDLE, problem: { blank: hideValues(values) } }) : send(values))
  }

  const failure = problem !== null && 'failure' in problem ? problem.failure : null
  const done = say(state.done, messages)
  return { ref, errors, blanks, failure, done, isSending: state.isSending, isShowing, setShowing, onSubmit }
}

/** Keeps of each value whether it is blank. The state of a form holds no password. */
function hideValues(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value.trim() && 'given']))
}

function readValues<Name extends string>(
  form: HTMLFormElement,
  fields: readonly Name[],
): Record<Name, string> {
  const data = new FormData(form)
  return Object.fromEntries(fields.map((name) => [name, String(data.get(name) ?? '')])) as Record<
    Name,
    string
  >
}

function clear(form: HTMLFormElement | null, names: readonly string[]): void {
  for (const name of names) {
    const input = form?.elements.namedItem(name)
    if (!(input instanceof HTMLInputElement)) continue
    input.value = ''
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
}

/** Moves the focus to a field with an error, or to the sentence below the form. */
function focusError(form: HTMLFormElement | null, field: string | null): void {
  const target = field === null ? form?.querySelector('[data-form-alert]') : form?.elements.namedItem(field)
  if (target instanceof HTMLElement) target.focus()
}
