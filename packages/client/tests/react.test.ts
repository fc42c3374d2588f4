// @vitest-environment happy-dom
import { createElement, type ReactElement, StrictMode } from 'react'
import { createRoot, hydrateRoot, type Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AuthProvider, type UseUser, useClient, useSession, useUser } from '../src/react/index.ts'
import { ADA, BOB, countArrived, setUpClient, signIn } from './support/clients.ts'
import { setUpClientInMode } from './support/modes.ts'

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

test('in StrictMode, and with many components, the user is loaded once', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  setup.server.arrived.length = 0
  root = createRoot(container)
  const page = createElement(AuthProvider, { client: setup.client }, createElement(Page), createElement(Page))
  root.render(createElement(StrictMode, null, page))
  await expect.poll(() => container.textContent).toBe(`signed_in ${ADA.email}signed_in ${ADA.email}`)
  expect(countArrived(setup.server, 'GET /user/')).toBe(1)
})

test('the page shows what another tab has changed, and stays while the user is loaded again', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  render(setup)
  await shows('signed_in ada@example.com')
  const shown: (string | null)[] = []
  new MutationObserver(() => shown.push(container.textContent)).observe(container, {
    subtree: true,
    characterData: true,
    childList: true,
  })
  const changed = { email: 'new@example.com', first_name: 'Ada', last_name: '' }
  setup.server.override = (path) => (path === '/user/' ? Response.json(changed) : undefined)
  await setup.openTab().user.update({ first_name: 'Ada' })
  await shows('signed_in new@example.com')
  expect(shown.every((text) => text?.includes('@example.com'))).toBe(true)
})

test('the page shows what has changed elsewhere when it is looked at again', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  render(setup)
  await shows('signed_in ada@example.com')
  const changed = { email: 'new@example.com', first_name: 'Ada', last_name: '' }
  setup.server.override = (path) => (path === '/user/' ? Response.json(changed) : undefined)
  const now = performance.now()
  vi.spyOn(performance, 'now').mockReturnValue(now + 6_000)
  dispatchEvent(new Event('focus'))
  await shows('signed_in new@example.com')
})

test('an address that is confirmed right after the last question is known within a minute', async () => {
  const setup = setUpClient()
  const asks = () => countArrived(setup.server, 'POST /refresh/')
  setup.server.emailVerified = false
  await setup.client.login(ADA)
  render(setup)
  await shows('signed_in ada@example.com')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  try {
    dispatchEvent(new Event('focus'))
    await expect.poll(asks).toBe(1)
    await setup.client.session.ready()
    setup.server.emailVerified = true
    for (let i = 0; i < 3; i++) dispatchEvent(new Event('focus'))
    await vi.advanceTimersByTimeAsync(60_000)
    await expect.poll(() => setup.client.session.state).toMatchObject({ emailVerified: true })
    expect(asks()).toBe(2)
  } finally {
    vi.useRealTimers()
  }
})

test('the page says why the user is signed out', async () => {
  const setup = setUpClient()
  const { sessionId } = await signIn(setup.client, ADA)
  root = createRoot(container)
  root.render(createElement(AuthProvider, { client: setup.client }, createElement(Farewell)))
  await shows('signed_in')
  setup.server.end(sessionId)
  await setup.client.session.refresh()
  await shows('session_ended')
})

function Farewell(): ReactElement {
  const session = useSession()
  return createElement(
    'p',
    null,
    session.status === 'signed_out' ? (session.reason ?? 'nobody') : session.status,
  )
}

test('a visitor in cookie mode is signed out, also where no component shows the user', async () => {
  const { client } = setUpClientInMode('cookie')
  root = createRoot(container)
  root.render(createElement(AuthProvider, { client }, createElement(Farewell)))
  await shows('nobody')
})
