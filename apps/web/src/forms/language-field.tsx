import { LANGUAGES } from '@latchkey/languages'
import { useMessages } from '../languages/language-store.ts'
import { SelectField } from './select-field.tsx'

const OPTIONS = LANGUAGES.map(({ tag, name }) => ({ value: tag, name, lang: tag }))

interface LanguageFieldProps {
  /** The language of the account; null for the default of the server. */
  current: string | null
}

/** Shows the language of an account, in which the server writes its mails. */
export function LanguageField({ current }: LanguageFieldProps) {
  const { t } = useMessages()
  // An account without a language keeps none when its names are saved.
  const none = { value: '', name: t('field.language.default') }
  return (
    <SelectField
      name="language"
      label={t('field.language')}
      hint={t('field.language.hint')}
      options={current === null ? [none, ...OPTIONS] : OPTIONS}
      defaultValue={current ?? ''}
    />
  )
}
