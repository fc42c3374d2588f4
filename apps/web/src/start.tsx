import { AuthProvider } from '@latchkey/client/react'
import type { PortalSettings } from '@latchkey/contract/portal-settings'
import { useEffect, useState } from 'react'
import { App } from './app.tsx'
import { Loading } from './layout/messages.tsx'
import { Screen } from './layout/screen.tsx'
import { PlainShell } from './layout/shell.tsx'
import { createPortalClient, SettingsContext } from './session/portal.ts'
import { fetchSettings } from './settings.ts'

const RETRY_MILLISECONDS = 3_000

/** Fetches the settings of the server until it answers, and then starts the portal with them. */
export function Start() {
  const [settings, setSettings] = useState<PortalSettings | null>(null)
  const [hasFailed, setFailed] = useState(false)
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
  if (settings) return <Portal settings={settings} />
  return <PlainShell>{hasFailed ? <Unreachable /> : <Loading />}</PlainShell>
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
  return (
    <Screen heading="The server cannot be reached" icon="warning">
      <p role="status">Check your connection. We keep trying and go on by ourselves.</p>
    </Screen>
  )
}
