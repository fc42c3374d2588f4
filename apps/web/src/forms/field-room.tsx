import { SENTENCES } from '@latchkey/contract/sentences'
import type { ReactNode } from 'react'
import { Room } from '../layout/room.tsx'
import { useFormState } from './form.tsx'
import { PASSWORD_SENTENCES, useLongest } from './longest.ts'

/** The refusals of most fields, as the contract words them. */
const USUAL_ERRORS = [SENTENCES.notAnAddress]
/** The refusals of the current password. */
export const WRONG_PASSWORD = [SENTENCES.wrongPassword]
/** The refusals of an address that must be unused. */
export const TAKEN_ADDRESS = [SENTENCES.takenAddress, SENTENCES.notAnAddress]
/** The refusals of a new password. */
export const UNFIT_PASSWORD = PASSWORD_SENTENCES
/** The refusals of a repeated password. */
export const MISMATCH = [SENTENCES.passwordsDiffer]

interface FieldRoomProps {
  name: string
  hint?: ReactNode
  /** The refusals of the field as the contract words them; those of most fields unless given. */
  longestError?: readonly string[]
}

/** Shows the error of a field in the room below it. Without an error it shows the hint. */
export function FieldRoom({ name, hint, longestError = USUAL_ERRORS }: FieldRoomProps) {
  const { errors, blanks, scope } = useFormState()
  const longest = useLongest()
  // One sentence at a time: the next one is shown when this one is heeded.
  const [sentence] = errors.byField[name] ?? []
  return (
    <Room fits={longest.ofField(longestError, blanks[name])} className="below-field">
      {sentence && (
        <p className="field-error" id={`${scope}${name}-error`}>
          {sentence}
        </p>
      )}
      {hint && (
        <div className="hint resting" id={`${scope}${name}-hint`}>
          {hint}
        </div>
      )}
    </Room>
  )
}
