import { createContext, type ReactNode, useContext } from 'react'
import { Alert, Notice } from '../layout/messages.tsx'
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
  children: ReactNode
}

/** A form with its refusals above, its fields, and its one button. */
export function Form({ form, action, actionSending, isDangerous, help, children }: FormProps) {
  return (
    <FormContext value={form}>
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate aria-busy={form.isSending}>
        <Notice>{form.done}</Notice>
        {form.errors.alerts.length > 0 && (
          <Alert isFormAlert>
            {form.errors.alerts.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
            {help}
          </Alert>
        )}
        {children}
        {/* Not disabled while sending: a disabled button loses the focus. */}
        <button type="submit" className={isDangerous ? 'danger' : undefined} aria-disabled={form.isSending}>
          {form.isSending ? actionSending : action}
        </button>
      </form>
    </FormContext>
  )
}
