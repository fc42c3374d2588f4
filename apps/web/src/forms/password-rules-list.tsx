import { PASSWORD_MIN_CHARACTERS } from '@latchkey/contract/limits'
import { useEffect, useState } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { PASSWORD_RULES, type PasswordOwner, type PasswordRule } from './password-rules.ts'
import { useMetRules } from './use-met-rules.ts'

/** A screen reader hears the state after the typing, not after each character. */
const ANNOUNCE_MILLISECONDS = 1_000

/**
 * The user who sets the password: `typed` when the same form has the address and the names, `loading` while the server
 * has not answered yet, and null when the user stays unknown.
 */
export type RuledOwner = PasswordOwner | 'typed' | 'loading' | null

interface PasswordRulesListProps {
  /** The name of the field. */
  name: string
  owner: RuledOwner
}

/** Shows below a new password which rules of the server it meets, while it is typed. */
export function PasswordRulesList({ name, owner }: PasswordRulesListProps) {
  const { t } = useMessages()
  const met = useMetRules(name, owner === 'loading' ? null : owner)
  const sentences: Record<PasswordRule, string> = {
    length: t('passwordRules.length', { count: PASSWORD_MIN_CHARACTERS }),
    notNumeric: t('passwordRules.notNumeric'),
    notSimilar: t('passwordRules.notSimilar'),
    notCommon: t('passwordRules.notCommon'),
  }
  // Behind a reset link only the server knows the user. A user who is still loading gets the rule at once: nothing moves.
  const rules = PASSWORD_RULES.filter((rule) => rule !== 'notSimilar' || owner !== null)
  const open = rules.filter((rule) => !met?.includes(rule)).length
  return (
    <>
      <ul className="rules" aria-label={t('passwordRules.label')}>
        {rules.map((rule) => (
          <Rule key={rule} sentence={sentences[rule]} isMet={met?.includes(rule) ?? false} />
        ))}
      </ul>
      <Announcement open={met === null ? null : open} />
    </>
  )
}

function Rule({ sentence, isMet }: { sentence: string; isMet: boolean }) {
  const { t } = useMessages()
  return (
    <li className={isMet ? 'met' : undefined}>
      <span aria-hidden="true">{sentence}</span>
      <span className="unseen">
        {t(isMet ? 'passwordRules.met' : 'passwordRules.unmet', { rule: sentence })}
      </span>
    </li>
  )
}

/** Says how many rules are open; null while nothing is typed. */
function Announcement({ open }: { open: number | null }) {
  const { t } = useMessages()
  const [said, setSaid] = useState<number | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSaid(open), ANNOUNCE_MILLISECONDS)
    return () => clearTimeout(timer)
  }, [open])
  return (
    <p role="status" className="unseen">
      {said !== null && (said === 0 ? t('passwordRules.allMet') : t('passwordRules.open', { count: said }))}
    </p>
  )
}
