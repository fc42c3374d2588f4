import { isAutofillSupported, isSupported, signIn } from '@latchkey/client/passkeys'
import { useClient } from '@latchkey/client/react'
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { type Acts, useAct } from '../forms/use-act.ts'
import { useSettings } from '../session/portal.ts'

interface PasskeySignIn extends Pick<Acts, 'isActing' | 'forget'> {
  /** Whether the server has passkeys and this browser can use them. */
  isOffered: boolean
  /** The sentence of a failed sign-in; null without a failure. */
  refusal: ReactNode
  press: () => Promise<boolean>
}

/** Signs in with a passkey: by a button, and by what the browser offers in the field of the address. */
export function usePasskeySignIn(): PasskeySignIn {
  const client = useClient()
  const { passkeysEnabled } = useSettings()
  const isOffered = passkeysEnabled && isSupported()
  const { refusal, isActing, act, forget } = useAct(async () => {})
  /** The offer of the browser ends when a passkey was given, so after a refusal of the server there is another one. */
  const [round, setRound] = useState(0)
  const use = (options: Parameters<typeof signIn>[1]) =>
    signIn(client, options).catch((error: unknown) => {
      if (!isQuiet(error)) setRound((last) => last + 1)
      throw error
    })
  const offer = useEffectEvent(async (signal: AbortSignal) => {
    if (!(await isAutofillSupported()) || signal.aborted) return
    await use({ autofill: true, signal }).catch((error: unknown) => {
      // Nobody has pressed anything yet, so an offer that ends without a passkey is no failure.
      if (!signal.aborted && !isQuiet(error)) void act(() => Promise.reject(error), null)
    })
  })
  useEffect(() => {
    if (!isOffered) return
    const controller = new AbortController()
    void offer(controller.signal)
    return () => controller.abort()
  }, [isOffered, round])
  const press = () => act(() => use({}), null)
  return { isOffered, refusal, isActing, press, forget }
}

const QUIET = ['cancelled', 'unsupported', 'network_error', 'timeout', 'throttled']

function isQuiet(error: unknown): boolean {
  return error instanceof Error && 'code' in error && QUIET.includes(String(error.code))
}
