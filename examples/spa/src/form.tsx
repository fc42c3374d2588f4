import { type FieldErrors, isLatchkeyError } from '@latchkey/client'
import {
  createContext,
  type FormEvent,
  type InputHTMLAttributes,
  type ReactNode,
  useContext,
  useId,
  useState,
} from 'react'

/** What the server refused: sentences for single fields, and a sentence for all of the form. */
interface Problem {
  fields: FieldErrors
  message: string
}

const NO_PROBLEM: Problem = { fields: {}, message: '' }
const ProblemContext = createContext(NO_PROBLEM)

interface FormProps {
  button: string
  /** Is called with what the user typed, by the name of the field. */
  onSubmit: (fields: Record<string, string>) => Promise<unknown>
  children?: ReactNode
}

export function Form({ button, onSubmit, children }: FormProps) {
  const [problem, setProblem] = useState(NO_PROBLEM)
  const [isBusy, setBusy] = useState(false)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    setBusy(true)
    setProblem(NO_PROBLEM)
    try {
      await onSubmit(fields)
    } catch (error) {
      if (!isLatchkeyError(error)) throw error
      const isAboutFields = error.code === 'invalid'
      setProblem({
        fields: error.fields,
        message: isAboutFields ? (error.fields.non_field_errors?.join(' ') ?? '') : error.message,
      })
    } finally {
      setBusy(false)
    }
  }

  return (
    <form onSubmit={submit} noValidate>
      <ProblemContext.Provider value={problem}>{children}</ProblemContext.Provider>
      {problem.message && <p role="alert">{problem.message}</p>}
      <button type="submit" disabled={isBusy}>
        {button}
      </button>
    </form>
  )
}

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  name: string
}

export function Field({ label, name, ...input }: FieldProps) {
  const id = useId()
  const sentences = useContext(ProblemContext).fields[name]
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        name={name}
        aria-invalid={sentences !== undefined}
        aria-describedby={`${id}-problem`}
        {...input}
      />
      <p id={`${id}-problem`} role="alert">
        {sentences?.join(' ')}
      </p>
    </div>
  )
}
