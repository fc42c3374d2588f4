'use client'

import type { FieldErrors } from '@latchkey/client'
import { useActionState } from 'react'

/** What a server action answers: a sentence to show, and the sentences of refused fields. */
export interface Answer {
  message: string
  fields: FieldErrors
}

interface FormProps {
  action: (before: Answer, form: FormData) => Promise<Answer>
  /** The labels of the fields, by their names. */
  fields: Record<string, string>
  submit: string
  /** The path to go to afterwards. */
  next?: string
}

export function Form({ action, fields, submit, next }: FormProps) {
  const [answer, send, isPending] = useActionState(action, { message: '', fields: {} })
  return (
    <form action={send}>
      {Object.entries(fields).map(([name, label]) => (
        <p key={name}>
          <label>
            {label} <input name={name} type={name.startsWith('password') ? 'password' : 'text'} />
          </label>
          <em>{answer.fields[name]?.join(' ')}</em>
        </p>
      ))}
      {next && <input name="next" type="hidden" value={next} />}
      <button type="submit" disabled={isPending}>
        {submit}
      </button>
      <p role="alert">{answer.message}</p>
    </form>
  )
}
