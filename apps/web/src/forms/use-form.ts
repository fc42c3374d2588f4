import { type FormEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import {
  findBlanks,
  firstWithError,
  hasErrors,
  NO_ERRORS,
  type PlacedErrors,
  placeErrors,
} from './place-errors.ts'

/** What a form is made of. */
export interface FormOptions<Name extends string> {
  /** The names of its fields, in the order they are shown. */
  fields: readonly Name[]
  /** What to say of a field that was left empty; those not named may be. */
  required?: Partial<Record<Name, string>>
  /** @returns what to tell the person who stays on the page, if anything */
  submit: (values: Record<Name, string>) => Promise<string | undefined>
  /** Fields that are emptied once they were sent: passwords that are no longer of use. */
  clears?: readonly Name[]
}

/** A form and how it stands. */
export interface FormState {
  ref: RefObject<HTMLFormElement | null>
  errors: PlacedErrors
  /** What went wrong, for a screen that offers a way out. */
  failure: unknown
  /** What to tell after it worked. */
  done: string | null
  isSending: boolean
  isShowing: boolean
  setShowing(isShowing: boolean): void
  onSubmit(event: FormEvent<HTMLFormElement>): Promise<void>
}

const IDLE = { errors: NO_ERRORS, failure: null as unknown, done: null as string | null, isSending: false }

/**
 * Runs a form: it sends once at a time, keeps what was typed until it is taken, and leads to what is wrong.
 *
 * The fields themselves hold the values, so that nothing but a success can empty them.
 */
export function useForm<Name extends string>(options: FormOptions<Name>): FormState {
  const ref = useRef<HTMLFormElement>(null)
  const [state, setState] = useState(IDLE)
  const [isShowing, setShowing] = useState(false)

  const leadToError = useEffectEvent((errors: PlacedErrors) => {
    if (hasErrors(errors)) focusError(ref.current, firstWithError(errors, options.fields))
  })
  // After the sentences are drawn, so that a screen reader finds them at the field.
  useEffect(() => leadToError(state.errors), [state.errors])

  function refuse(errors: PlacedErrors, failure: unknown): void {
    setState({ ...IDLE, errors, failure })
  }

  async function send(values: Record<Name, string>): Promise<void> {
    setState({ ...IDLE, isSending: true })
    try {
      const done = (await options.submit(values)) ?? null
      clear(ref.current, options.clears ?? [])
      setState({ ...IDLE, done })
    } catch (error) {
      refuse(placeErrors(error, options.fields), error)
    }
  }

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    if (state.isSending) return
    // A browser offers to remember what it sees as text, so passwords are hidden again when they are sent.
    setShowing(false)
    const values = readValues(event.currentTarget, options.fields)
    const blanks = findBlanks(values, (options.required ?? {}) as Record<string, string>)
    await (hasErrors(blanks) ? refuse(blanks, null) : send(values))
  }

  return { ref, ...state, isShowing, setShowing, onSubmit }
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
    if (input instanceof HTMLInputElement) input.value = ''
  }
}

/** Leads to the first field that is wrong, or to the sentence below the form. */
function focusError(form: HTMLFormElement | null, field: string | null): void {
  const target = field === null ? form?.querySelector('[data-form-alert]') : form?.elements.namedItem(field)
  if (target instanceof HTMLElement) target.focus()
}
