import { describeFieldSentence } from '@latchkey/client/messages'
import { passwordTooSimilar, SENTENCES } from '@latchkey/contract/sentences'
import type { ReactNode } from 'react'
import { Room } from '../layout/room.tsx'
import { useFormState } from './form.tsx'

/** The longest refusal of most fields. */
const LONGEST_ERROR = describeFieldSentence(SENTENCES.notAnAddress)
/** The longest refusal of the current password. */
export const WRONG_PASSWORD = describeFieldSentence(SENTENCES.wrongPassword)
/** The longest refusal of an address that must be unused. */
export const TAKEN_ADDRESS = describeFieldSentence(SENTENCES.takenAddress)
/** The longest refusal of a new password: it breaks every rule. */
export const UNFIT_PASSWORD = [
  SENTENCES.passwordTooShort,
  passwordTooSimilar('email address'),
  SENTENCES.passwordTooCommon,
  SENTENCES.passwordNumeric,
]
  .map((sentence) => describeFieldSentence(sentence))
  .join(' ')
/** The longest refusal of a repeated password. */
export const MISMATCH = describeFieldSentence(SENTENCES.passwordsDiffer)

interface FieldRoomProps {
  name: string
  hint?: ReactNode
  longestError?: string
}

/** Shows the error of a field in the room below it. Without an error it shows the hint. */
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
