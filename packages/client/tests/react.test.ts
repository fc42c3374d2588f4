// @vitest-environment happy-dom
import { createElement, type ReactElement } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AuthProvider, type UseUser, useClient, useSession, useUser } from '../src/react/index.ts'
import { ADA, BOB, setUpClient } from './support/clients.ts'

let root: Root | undefined
let container: HTMLElement

beforeEach(() => {
  container = document.body.appendChild(document.createElement('main'))
})

afterEach(() => {
  root?.unmount()
  container.remove()
  vi.restoreAllMocks()
})

/** The result of the hook in the last rendering. */
let last: UseUser

function Page(): ReactElement {
  const session = useSession()
  last = useUser()
  const { user, isLoading, error } = last
  const words = [session.status, user?.email ?? '-', isLoading ? 'loading' : '', error?.code ?? '']
  return createElement('p', null, words.filter(Boolean).join(' '))
}

function pageOf(setup: ReturnType<typeof setUpClient>): ReactElement {
  return createElement(AuthProvider, { client: setup.client }, createElement(Page))
}

function render(setup: ReturnType<typeof setUpClient>): void {
  root = createRoot(container)
  root.render(pageOf(setup))
}

/** Waits until the page shows a text. */
async function shows(text: string): Promise<void> {
  await expect.poll(() => container.textContent).toBe(text)
}

function Lost(): ReactElement {
  return createElement('p', null, typeof useClient())
}

test('the page follows signing in and out', async () => {
  const setup = setUpClient()
  render(setup)
  await shows('signed_out -')
  await setup.client.login(ADA)
  await shows('signed_in ada@example.com')
  await setup.client.login(BOB)
  await shows('signed_in bob@example.com')
  await setup.client.logout()
  await shows('signed_out -')
})

test('the details of one user are never shown under the session of another user', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  render(setup)
  await shows('signed_in ada@example.com')
  const shown: string[] = []
  new MutationObserver(() => shown.push(container.textContent ?? '')).observe(container, {
    subtree: true,
    characterData: true,
    childList: true,
  })
  await setup.client.login(BOB)
  await shows('signed_in bob@example.com')
  expect(shown.some((text) => text.includes(ADA.email))).toBe(false)
})

test('an update reaches all components at once; after an error, reload works', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  setup.deliveries.set('/user/', [{ lost: 'request' }])
  render(setup)
  await shows('signed_in - network_error')
  await last.reload()
  await shows('signed_in ada@example.com')
  await last.update({ first_name: 'Ada' })
  expect(last.user).toMatchObject({ email: ADA.email })
})

test('a late answer to an update does not show the details of the user before', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  render(setup)
  await shows('signed_in ada@example.com')
  let answer = () => {}
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve
  })
  const { update } = setup.client.user
  vi.spyOn(setup.client.user, 'update').mockImplementation(async (input) => {
    const user = await update(input)
    await isAnswered
    return user
  })
  const updating = last.update({ first_name: 'Ada' })
  await setup.client.login(BOB)
  await shows('signed_in bob@example.com')
  answer()
  expect(await updating).toMatchObject({ email: ADA.email })
  expect(last.user).toMatchObject({ email: BOB.email })
  await shows('signed_in bob@example.com')
})

test('a server renders the loading state, and hydration gives no warning', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  const errors = vi.spyOn(console, 'error')
  container.innerHTML = renderToString(pageOf(setup))
  expect(container.textContent).toBe('loading - loading')
  root = hydrateRoot(container, pageOf(setup))
  await shows('signed_in ada@example.com')
  expect(errors).not.toHaveBeenCalled()
})

test('outside a provider the hooks throw', () => {
  expect(() => renderToString(createElement(Lost))).toThrow('There is no AuthProvider')
})
