import { createContext, type ReactNode, useContext } from 'react'
import { Alert, Messages } from '../layout/messages.tsx'
import { Label } from '../layout/room.tsx'
import type { FormState } from './use-form.ts'

const FormContext = createContext<FormState | null>(null)

/** The form that a field is in. */
export function useFormState(): FormState {
  const form = useContext(FormContext)
  if (form === null) throw new Error('There is no Form above this field.')
  return form
}

interface FormProps {
  form: FormState
  /** What the button says. */
  action: string
  /** What it says while the server works. */
  actionSending: string
  /** Whether what it does cannot be undone. */
  isDangerous?: boolean
  /** What helps with a refusal, shown with it. */
  help?: ReactNode
  /** The longest answer it may get, where that is none of the failures. */
  longestAnswer?: string
  /** Whether its answer is what the page shows elsewhere: no room is kept for another one. */
  isAnsweredElsewhere?: boolean
  children: ReactNode
}

/** A form: its fields, its one button, and what became of it below, where whoever pressed the button looks. */
export function Form(props: FormProps) {
  const { form, action, actionSending, isDangerous, isAnsweredElsewhere = false, children } = props
  const labels = form.isSending ? { says: actionSending, or: action } : { says: action, or: actionSending }
  return (
    <FormContext value={form}>
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate aria-busy={form.isSending}>
        {children}
        {/* Not disabled while sending: a disabled button loses the focus. */}
        <button type="submit" className={isDangerous ? 'danger' : undefined} aria-disabled={form.isSending}>
          <Label {...labels} />
        </button>
        {!isAnsweredElsewhere && <Answer {...props} />}
      </form>
    </FormContext>
  )
}

function Answer({ form, help, longestAnswer }: FormProps) {
  return (
    <Messages done={form.done} fits={longestAnswer}>
      {form.errors.alerts.length > 0 && (
        <Alert isFormAlert>
          {form.errors.alerts.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {help}
        </Alert>
      )}
    </Messages>
  )
}
