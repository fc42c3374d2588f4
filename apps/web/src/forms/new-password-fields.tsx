import { PASSWORD_HINT } from '@latchkey/contract/sentences'
import { Field } from './field.tsx'
import { MISMATCH, UNFIT_PASSWORD } from './field-room.tsx'
import { ShowPasswords } from './show-passwords.tsx'

interface NewPasswordFieldsProps {
  /** The names of the two fields in the operation. */
  names: readonly [string, string]
  labels: readonly [string, string]
}

/** Shows the field of a new password, the field that repeats it, and the box that makes both readable. */
export function NewPasswordFields({ names: [first, second], labels }: NewPasswordFieldsProps) {
  return (
    <>
      <Field
        name={first}
        label={labels[0]}
        hint={PASSWORD_HINT}
        type="password"
        autoComplete="new-password"
        longestError={UNFIT_PASSWORD}
      />
      <Field
        name={second}
        label={labels[1]}
        type="password"
        autoComplete="new-password"
        longestError={MISMATCH}
      />
      <ShowPasswords plural />
    </>
  )
}
