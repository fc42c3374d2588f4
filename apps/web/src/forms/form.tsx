import { createContext, type ReactNode, useContext } from 'react'
import { Alert, Messages } from '../layout/messages.tsx'
import { Label } from '../layout/room.tsx'
import { describeAlert } from './failure-text.tsx'
import type { FormState } from './use-form.ts'

const FormContext = createContext<FormState | null>(null)

/** Returns the state of the form around a field. */
export function useFormState(): FormState {
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
  children: ReactNode
}

/** Shows a form with its fields and one button. The answer is shown below the button, where the user looks. */
export function Form(props: FormProps) {
  const { form, action, actionSending, isDangerous, isAnsweredElsewhere = false, children } = props
  const labels = form.isSending ? { says: actionSending, or: action } : { says: action, or: actionSending }
  return (
    <FormContext value={form}>
      <form ref={form.ref} onSubmit={form.onSubmit} noValidate aria-busy={form.isSending}>
        {children}
        {/* The button stays enabled during sending: a disabled button loses the focus. */}
        <button type="submit" className={isDangerous ? 'danger' : undefined} aria-disabled={form.isSending}>
          <Label {...labels} />
        </button>
        {!isAnsweredElsewhere && <Answer {...props} />}
      </form>
    </FormContext>
  )
}

function Answer({ form, help, longestAnswer }: FormProps) {
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
    </Messages>
  )
}
