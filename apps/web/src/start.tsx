import { AuthProvider } from '@latchkey/client/react'
import type { PortalSettings } from '@latchkey/contract/portal-settings'
import { useEffect, useState } from 'react'
import { App } from './app.tsx'
import { followChoice, startLanguage, useMessages } from './languages/language-store.ts'
import { LoadingScreen } from './layout/messages.tsx'
import { Screen } from './layout/screen.tsx'
import { PlainShell } from './layout/shell.tsx'
import { createPortalClient, SettingsContext } from './session/portal.ts'
import { fetchSettings } from './settings.ts'

const RETRY_MILLISECONDS = 3_000

/** Fetches the settings of the server until it answers, and then starts the portal with them. */
export function Start() {
  const [settings, setSettings] = useState<PortalSettings | null>(null)
  const [hasFailed, setFailed] = useState(false)
  const isSpoken = useStartedLanguage()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const ask = async () => {
      const answer = await fetchSettings()
      if (answer) return setSettings(answer)
      setFailed(true)
      timer = setTimeout(ask, RETRY_MILLISECONDS)
    }
    void ask()
    return () => clearTimeout(timer)
  }, [])
  // Until the catalogue is there, the page shows no words: English ones would be replaced in the next moment.
  if (!isSpoken) return null
  if (settings) return <Portal settings={settings} />
  return <PlainShell>{hasFailed ? <Unreachable /> : <LoadingScreen />}</PlainShell>
}

/** Answers whether the first language is there. */
function useStartedLanguage(): boolean {
  const [isStarted, setStarted] = useState(false)
  useEffect(() => {
    void startLanguage().then(() => setStarted(true))
    return followChoice()
  }, [])
  return isStarted
}

function Portal({ settings }: { settings: PortalSettings }) {
  const [client] = useState(() => createPortalClient(settings))
  return (
    <SettingsContext value={settings}>
      <AuthProvider client={client}>
        <App />
      </AuthProvider>
    </SettingsContext>
  )
}

function Unreachable() {
  const { t } = useMessages()
  return (
    <Screen heading={t('start.unreachable.heading')} icon="warning">
      <p role="status">{t('start.unreachable.text')}</p>
    </Screen>
  )
}
