import type { StaffAccount } from '@latchkey/client'
import { LANGUAGES } from '@latchkey/languages'
import { useMessages } from '../languages/language-store.ts'
import { nameProvider } from '../providers/name-provider.ts'
import { Link } from '../routing/link.tsx'
import { useSettings } from '../session/portal.ts'
import { describeRole } from './describe-role.ts'

/** Shows the details of a user. The heading of the screen has the name. */
export function AccountFacts({ account }: { account: StaffAccount }) {
  const { t, formatRelative, formatTime } = useMessages()
  const { email_verified: isVerified, is_active: isActive, created_at: created, last_seen_at: seen } = account
  const { mfaMode, passkeysEnabled, providers } = useSettings()
  const language = LANGUAGES.find(({ tag }) => tag === account.language)
  return (
    <>
      <p>
        <Link to="/staff">{t('staff.all')}</Link>
      </p>
      <dl className="facts">
        <dt>{t('staff.facts.address')}</dt>
        <dd>
          <bdi>{account.email}</bdi>
          <span className="muted">
            {isVerified ? t('staff.filter.confirmed') : t('staff.filter.unconfirmed')}
          </span>
        </dd>
        {account.external_id !== null && (
          <>
            <dt>{t('staff.facts.externalId')}</dt>
            <dd>
              <bdi>{account.external_id}</bdi>
            </dd>
          </>
        )}
        <dt>{t('staff.filter.role')}</dt>
        <dd>{describeRole(account.role, t)}</dd>
        <dt>{t('staff.filter.status')}</dt>
        <dd>{isActive ? t('staff.facts.active') : t('staff.filter.deactivated')}</dd>
        {mfaMode !== 'disabled' && (
          <>
            <dt>{t('security.twoSteps.heading')}</dt>
            <dd>{t(account.second_factor ? 'security.twoSteps.isOn' : 'security.twoSteps.isOff')}</dd>
          </>
        )}
        {passkeysEnabled && (
          <>
            <dt>{t('security.passkeys.heading')}</dt>
            <dd>
              <bdi>{account.passkeys}</bdi>
            </dd>
          </>
        )}
        {(providers.length > 0 || account.connections.length > 0) && (
          <>
            <dt>{t('connections.heading')}</dt>
            <dd className="notes">
              {account.connections.length === 0
                ? t('staff.facts.noConnections')
                : account.connections.map((id, index) => (
                    // A user may have two accounts at one provider.
                    <bdi key={`${index} ${id}`}>{nameProvider(providers, id)}</bdi>
                  ))}
            </dd>
          </>
        )}
        <dt>{t('staff.facts.language')}</dt>
        <dd>
          {language === undefined ? t('staff.serverDefault') : <bdi lang={language.tag}>{language.name}</bdi>}
        </dd>
        <dt>{t('staff.facts.created')}</dt>
        <dd>
          <time dateTime={created}>{formatTime(created)}</time>
        </dd>
        <dt>{t('staff.filter.seen')}</dt>
        <dd>
          {seen === null ? (
            t('staff.notSignedIn')
          ) : (
            <time dateTime={seen} title={formatTime(seen)}>
              {formatRelative(seen)}
            </time>
          )}
        </dd>
      </dl>
    </>
  )
}
