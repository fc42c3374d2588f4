import type { ReactNode } from 'react'
import { Room } from '../layout/room.tsx'
import { useFormState } from './form.tsx'

/** The longest refusal of most fields. */
const LONGEST_ERROR = 'Enter a valid email address.'
/** The longest refusal of the password one has. */
export const WRONG_PASSWORD = 'Your password was entered incorrectly.'
/** The longest refusal of an address that must be free. */
export const TAKEN_ADDRESS = 'A user is already registered with this e-mail address.'
/** The longest refusal of a new password: it breaks every rule. */
export const UNFIT_PASSWORD =
  'This password is too short. It must contain at least 8 characters. The password is too similar to the email address. This password is too common. This password is entirely numeric.'
/** The longest refusal of its repetition. */
export const MISMATCH = "The two password fields didn't match."

interface FieldRoomProps {
  name: string
  hint?: ReactNode
  longestError?: string
}

/** What is to be said of a field, in the room below it: what is wrong, or else its hint. */
export function FieldRoom({ name, hint, longestError = LONGEST_ERROR }: FieldRoomProps) {
  const { errors } = useFormState()
  const sentences = errors.byField[name] ?? []
  return (
    <Room fits={longestError} className="below-field">
      {sentences.length > 0 && (
        <p className="field-error" id={`${name}-error`}>
          {sentences.join(' ')}
        </p>
      )}
      {hint && (
        <p className="hint resting" id={`${name}-hint`}>
          {hint}
        </p>
      )}
    </Room>
  )
}
