import { useClient, useSession } from '@latchkey/client/react'
import { isLanguageTag, LANGUAGES, type LanguageTag } from '@latchkey/languages'
import type { ChangeEvent } from 'react'
import { chooseLanguage, useMessages } from './language-store.ts'

interface LanguageMenuProps {
  /** Is called with the language that was chosen. */
  onChoose?: (language: LanguageTag) => void
}

/** Shows the menu in which a visitor chooses the language. Each language has its own name in the menu. */
export function LanguageMenu({ onChoose }: LanguageMenuProps) {
  const { t, wanted } = useMessages()
  const choose = ({ target }: ChangeEvent<HTMLSelectElement>) => {
    if (!isLanguageTag(target.value)) return
    void chooseLanguage(target.value)
    onChoose?.(target.value)
  }
  return (
    <select
      id="language-menu"
      className="language"
      aria-label={t('language.menu')}
      value={wanted}
      onChange={choose}
    >
      {/* A pseudo-locale is in no menu. */}
      {!isLanguageTag(wanted) && <option value={wanted}>{wanted}</option>}
      {LANGUAGES.map(({ tag, name }) => (
        <option key={tag} value={tag} lang={tag}>
          {name}
        </option>
      ))}
    </select>
  )
}

/** Shows the same menu to a signed-in user, and keeps the choice in the account too: for mails and other devices. */
export function AccountLanguageMenu() {
  const client = useClient()
  const session = useSession()
  const keep = (language: LanguageTag) => {
    if (session.status !== 'signed_in') return
    // The page shows the language anyway. The profile shows what the account has, and can be saved again.
    client.user.update({ language }).catch(() => {})
  }
  return <LanguageMenu onChoose={keep} />
}
