/** The Signal API of WebAuthn, which not every browser has. */
interface SignalApi {
  signalAllAcceptedCredentials?(options: {
    rpId: string
    userId: string
    allAcceptedCredentialIds: string[]
  }): Promise<void>
  signalCurrentUserDetails?(options: {
    rpId: string
    userId: string
    name: string
    displayName: string
  }): Promise<void>
  signalUnknownCredential?(options: { rpId: string; credentialId: string }): Promise<void>
}

type Signal = keyof SignalApi

/** Answers whether the browser can be told something. */
export function canSignal(name: Signal): boolean {
  return typeof readApi()[name] === 'function'
}

/** Tells the browser something about passkeys. A failure is ignored, because nothing depends on it. */
export function signal<Name extends Signal>(
  name: Name,
  ...given: Parameters<NonNullable<SignalApi[Name]>>
): void {
  const api = readApi()
  const tell = api[name] as ((...options: typeof given) => Promise<void>) | undefined
  void Promise.resolve()
    .then(() => tell?.apply(api, given))
    .catch(() => {})
}

function readApi(): SignalApi {
  return (globalThis as { PublicKeyCredential?: SignalApi }).PublicKeyCredential ?? {}
}
