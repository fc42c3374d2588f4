import { useMessages } from '../languages/language-store.ts'
import { Field } from './field.tsx'
import { MISMATCH, UNFIT_PASSWORD } from './field-room.tsx'
import { PasswordRulesList, type RuledOwner } from './password-rules-list.tsx'
import { ShowPasswords } from './show-passwords.tsx'

interface NewPasswordFieldsProps {
  /** The names of the two fields in the operation. */
  names: readonly [string, string]
  labels: readonly [string, string]
  owner: RuledOwner
}

/** Shows the field of a new password with its rules, the field that repeats it, and the box that shows both. */
export function NewPasswordFields({ names: [first, second], labels, owner }: NewPasswordFieldsProps) {
  const { t } = useMessages()
  return (
    <>
      <Field
        name={first}
        label={labels[0]}
        hint={t('passwordRules.hint')}
        type="password"
        autoComplete="new-password"
        longestError={UNFIT_PASSWORD}
      />
      <PasswordRulesList name={first} owner={owner} />
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
