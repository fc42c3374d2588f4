import { createContext, type ReactNode, useContext } from 'react'
import { Alert, AnsweredHint, Messages } from '../layout/messages.tsx'
import { Label } from '../layout/room.tsx'
import { describeAlert } from './failure-text.tsx'
import type { FormState } from './use-form.ts'

/** The state of a form, and what tells the ids of its fields from those of another form on the page. */
interface FormScope extends FormState {
  scope: string
}

const FormContext = createContext<FormScope | null>(null)

/** Returns the state of the form around a field. */
export function useFormState(): FormScope {
  const form = useContext(FormContext)
  if (form === null) throw new Error('There is no Form above this field.')
  return form
}

interface FormProps {
  form: FormState
  /** The text of the button. */
  action: string
  /** The text of the button while the form is being sent. */
  actionSending: string
  /** Whether the action of the form is final. */
  isDangerous?: boolean
  /** Content that helps after a refusal; shown below the refusal. */
  help?: ReactNode
  /** The longest answer of this form; the longest failure unless given. */
  longestAnswer?: string
  /** Whether the page shows the answer elsewhere. The form then keeps no room for an answer. */
  isAnsweredElsewhere?: boolean
  /** Stands before the ids of the fields; needed where two forms may have a field of the same name. */
  scope?: string
  /** Another button that does the same in another way. */
  otherWay?: ReactNode
  /** The sentence of a failure of the other way; null without a failure. */
  otherFailure?: ReactNode
  children?: ReactNode
}

/** Shows a form with its fields and one button. The answer is shown below the button, where the user looks. */
export function Form(props: FormProps) {
  const { form, action, actionSending, isDangerous, isAnsweredElsewhere = false, children } = props
  const { scope = '', otherWay } = props
  const labels = form.isSending ? { says: actionSending, or: action } : { says: action, or: actionSending }
  return (
    <FormContext value={{ ...form, scope }}>
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate aria-busy={form.isSending}>
        {children}
        {/* The button stays enabled during sending: a disabled button loses the focus. */}
        <button type="submit" className={isDangerous ? 'danger' : undefined} aria-disabled={form.isSending}>
          <Label {...labels} />
        </button>
        {otherWay}
        {!isAnsweredElsewhere && <Answer {...props} />}
      </form>
    </FormContext>
  )
}

/** Shows the hint of the form around it. The answer takes its place; the form itself is then answered elsewhere. */
export function FormHint({ children }: { children: ReactNode }) {
  const { errors, failure } = useFormState()
  const [sentence] = errors.alerts
  return (
    <AnsweredHint refusal={sentence === undefined ? null : describeAlert(failure, sentence)} isFormAlert>
      {children}
    </AnsweredHint>
  )
}

function Answer({ form, help, longestAnswer, otherFailure = null }: FormProps) {
  // One sentence at a time: the next one is shown when this one is heeded.
  const [sentence] = form.errors.alerts
  return (
    <Messages done={form.done} fits={longestAnswer}>
      {sentence !== undefined && (
        <Alert isFormAlert>
          <p>{describeAlert(form.failure, sentence)}</p>
          {help}
        </Alert>
      )}
      {sentence === undefined && otherFailure !== null && <Alert>{otherFailure}</Alert>}
    </Messages>
  )
}
