import { useMessages } from '../languages/language-store.ts'
import { useSettings } from '../session/portal.ts'
import { Field } from './field.tsx'

interface NameFieldsProps {
  firstName?: string
  lastName?: string
}

/** Shows the fields of the two names. At sign-up and in the profile the server requires the same. */
export function NameFields({ firstName, lastName }: NameFieldsProps) {
  const { t } = useMessages()
  const { namesRequired } = useSettings()
  const names = { first_name: t('field.firstName'), last_name: t('field.lastName') }
  return (
    <div className="pair">
      <Field
        name="first_name"
        label={names.first_name}
        autoComplete="given-name"
        defaultValue={firstName}
        isOptional={!namesRequired}
      />
      <Field
        name="last_name"
        label={names.last_name}
        autoComplete="family-name"
        defaultValue={lastName}
        isOptional={!namesRequired}
      />
    </div>
  )
}

/** Returns the sentences for empty names, where the server requires names. */
export function useRequiredNames(): { first_name?: string; last_name?: string } {
  const { t } = useMessages()
  const { namesRequired } = useSettings()
  if (!namesRequired) return {}
  return { first_name: t('field.firstName.required'), last_name: t('field.lastName.required') }
}
