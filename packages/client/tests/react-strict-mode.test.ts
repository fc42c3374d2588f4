// @vitest-environment happy-dom
import { createElement, type ReactElement, StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { AuthProvider, useSession, useUser } from '../src/react/index.ts'
import { ADA, BOB, countArrived } from './support/clients.ts'
import { createKeychain } from './support/keychain.ts'
import { MODES, setUpClientInMode } from './support/modes.ts'

let root: Root
let container: HTMLElement

beforeEach(() => {
  container = document.body.appendChild(document.createElement('main'))
  root = createRoot(container)
})

afterEach(() => {
  root.unmount()
  container.remove()
})

function Page(): ReactElement {
  const session = useSession()
  const { user } = useUser()
  return createElement('p', null, `${session.status} ${user?.email ?? '-'} `)
}

/** Waits until the page shows a text, and until every request that is on its way is answered. */
async function shows(text: string): Promise<void> {
  await expect.poll(() => container.textContent).toBe(text.repeat(2))
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve))
}

describe.each(MODES)('in StrictMode, two components in %s mode', (mode) => {
  test.each(['known at once', 'read later'])('load the user once: the session is %s', async (kind) => {
    const storage = kind === 'read later' ? createKeychain() : undefined
    const { client, openTab, server } = setUpClientInMode(mode, storage)
    await client.login(ADA)
    const pages = [createElement(Page, { key: 1 }), createElement(Page, { key: 2 })]
    root.render(createElement(StrictMode, null, createElement(AuthProvider, { client: openTab() }, pages)))
    await shows(`signed_in ${ADA.email} `)
    expect(countArrived(server, 'GET /user/')).toBe(1)
  })

  test('load the next user once after a sign-in over the live session', async () => {
    const { client, server } = setUpClientInMode(mode)
    await client.login(ADA)
    const pages = [createElement(Page, { key: 1 }), createElement(Page, { key: 2 })]
    root.render(createElement(StrictMode, null, createElement(AuthProvider, { client }, pages)))
    await shows(`signed_in ${ADA.email} `)
    await client.login(BOB)
    await shows(`signed_in ${BOB.email} `)
    expect(countArrived(server, 'GET /user/')).toBe(2)
  })
})
