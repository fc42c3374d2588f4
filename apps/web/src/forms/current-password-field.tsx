import { useMessages } from '../languages/language-store.ts'
import { Field } from './field.tsx'
import { WRONG_PASSWORD } from './field-room.tsx'
import { ShowPasswords } from './show-passwords.tsx'

/** Shows the field in which a signed-in user confirms an act with the password. */
export function CurrentPasswordField() {
  const { t } = useMessages()
  return (
    <>
      <Field
        name="password"
        label={t('field.currentPassword')}
        type="password"
        autoComplete="current-password"
        longestError={WRONG_PASSWORD}
      />
      <ShowPasswords />
    </>
  )
}
