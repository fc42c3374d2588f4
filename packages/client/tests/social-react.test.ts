// @vitest-environment happy-dom
import { createElement, type ReactElement, StrictMode, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test } from 'vitest'
import { AuthProvider, useSession, useUser } from '../src/react/index.ts'
import {
  createSocialOperations,
  type SocialOperations,
  type SocialResult,
  type SocialWindow,
} from '../src/social/index.ts'
import { countArrived } from './support/clients.ts'
import { setUpClientInMode } from './support/modes.ts'

const PAGE = 'https://app.example/signed-in'

const container = document.body.appendChild(document.createElement('main'))
const root = createRoot(container)
afterEach(() => root.unmount())

/** A page that a provider has sent a browser back to. */
function openReturned(key: string): SocialWindow {
  const kept = new Map([[key, JSON.stringify([{ name: 'one', purpose: 'sign_in', verifier: 'v' }])]])
  const window: SocialWindow = {
    sessionStorage: {
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
      removeItem: (name) => void kept.delete(name),
    },
    location: { href: `${PAGE}?lk_attempt=one&code=grace`, assign: () => {} },
    history: {
      state: null,
      replaceState: (_state, _unused, address) => {
        window.location.href = address
      },
    },
  }
  return window
}

/** The component of the page of `returnTo`. */
function Returned({ social }: { social: SocialOperations }): ReactElement {
  const [end, setEnd] = useState<SocialResult | null>()
  const { status } = useSession()
  const { user } = useUser()
  useEffect(() => {
    let isGone = false
    void social.complete().then((result) => isGone || setEnd(result))
    return () => {
      isGone = true
    }
  }, [social])
  return createElement('p', null, `${end?.purpose} ${status} ${user?.email ?? '-'}`)
}

test('components see the session that complete opens, and StrictMode loses no result', async () => {
  const { client, server } = setUpClientInMode('token')
  const window = openReturned(`${client.baseUrl}:social`)
  const social = createSocialOperations(client, { window })

  root.render(
    createElement(
      StrictMode,
      null,
      createElement(AuthProvider, { client }, createElement(Returned, { social })),
    ),
  )
  await expect.poll(() => container.textContent).toBe('sign_in signed_in grace')
  expect(countArrived(server, 'POST /social/session/')).toBe(1)
  expect(window.location.href).toBe(PAGE)
})
