import { useMessages } from '../languages/language-store.ts'
import { Field } from './field.tsx'

interface EmailFieldProps {
  /** `username` where the user signs in with the address; with `webauthn` the browser offers passkeys too. */
  autoComplete: 'username' | 'username webauthn' | 'email'
  defaultValue?: string
  longestError?: readonly string[]
}

/** Shows the field of an email address. */
export function EmailField(props: EmailFieldProps) {
  const { t } = useMessages()
  return <Field name="email" label={t('field.email')} type="email" {...props} />
}
