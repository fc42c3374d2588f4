import { useContext } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { SettingsContext, useBrandName } from '../session/portal.ts'

/** Shows the logo and the name of the operator. */
export function Brand() {
  const name = useBrandName()
  const logoUrl = useContext(SettingsContext)?.brand.logoUrl
  return (
    <>
      {/* The name beside the logo says the same. */}
      {logoUrl ? <img className="logo" src={logoUrl} alt="" /> : <BrandMark />}
      <bdi className="brand-name">{name}</bdi>
    </>
  )
}

/** Links to the app that the account is for, and to the help of the operator, as far as the settings name them. */
export function BrandLinks() {
  const { t } = useMessages()
  const brand = useContext(SettingsContext)?.brand
  if (!brand) return null
  const { appUrl, supportUrl, name } = brand
  return (
    <>
      {appUrl && <a href={appUrl}>{t('shell.app', { name })}</a>}
      {supportUrl && <a href={supportUrl}>{t('shell.support')}</a>}
    </>
  )
}

/** Shows the latch mark, in the place of a logo. */
function BrandMark() {
  return (
    <svg className="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" />
      <circle cx="12" cy="9.5" r="3.25" />
      <path d="M10.6 11.5h2.8l1.1 6.5h-5z" />
    </svg>
  )
}
