// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type App, createApp, createSSRApp, effectScope, h } from 'vue'
import { renderToString } from 'vue/server-renderer'
import { createLatchkey, type UseUser, useClient, useSession, useUser } from '../src/vue/index.ts'
import { ADA, BOB, countArrived, setUpClient, type TestSetup } from './support/clients.ts'

let app: App | undefined
let container: HTMLElement
/** What the composable returned to the last component. */
let last: UseUser

beforeEach(() => {
  container = document.body.appendChild(document.createElement('main'))
})
afterEach(() => {
  app?.unmount()
  app = undefined
  container.remove()
  vi.restoreAllMocks()
})

const Page = {
  setup() {
    const session = useSession()
    last = useUser()
    const { user, isLoading, error } = last
    return () => {
      const reason = session.value.status === 'signed_out' ? session.value.reason : ''
      const words = [
        session.value.status,
        reason,
        user.value?.email,
        isLoading.value && 'loading',
        error.value?.code,
      ]
      return h('p', words.filter(Boolean).join(' '))
    }
  },
}
const Pages = { render: () => [h(Page), h(Page)] }

function mount({ client }: TestSetup, page: object = Page): void {
  app = createApp(page).use(createLatchkey(client))
  app.mount(container)
}

async function shows(text: string): Promise<void> {
  await expect.poll(() => container.textContent).toBe(text)
}

test('the page follows signing in and out, and loads the user once for all components', async () => {
  const setup = setUpClient()
  mount(setup, Pages)
  await shows('signed_outsigned_out')
  await setup.client.login(ADA)
  await shows('signed_in ada@example.comsigned_in ada@example.com')
  expect(countArrived(setup.server, 'GET /user/')).toBe(1)
  await setup.client.login(BOB)
  await shows('signed_in bob@example.comsigned_in bob@example.com')
  await setup.client.logout()
  await shows('signed_out signed_outsigned_out signed_out')
})

test('an update is shown at once, and after an error reload works', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  setup.deliveries.set('/user/', [{ lost: 'request' }])
  mount(setup)
  await shows('signed_in network_error')
  await last.reload()
  await shows('signed_in ada@example.com')
  const changed = { email: 'new@example.com', first_name: 'Ada', last_name: '' }
  setup.server.override = (path) => (path === '/user/' ? Response.json(changed) : undefined)
  await last.update({ first_name: 'Ada' })
  expect(last.user.value?.email).toBe('new@example.com')
})

test('a server renders the loading state and loads nothing, and hydration gives no warning', async () => {
  const setup = setUpClient()
  await setup.client.login(ADA)
  setup.server.arrived.length = 0
  const warnings = vi.spyOn(console, 'warn')
  const errors = vi.spyOn(console, 'error')
  container.innerHTML = await renderToString(createSSRApp(Page).use(createLatchkey(setup.client)))
  expect(container.textContent).toBe('loading loading')
  expect(setup.server.arrived).toEqual([])
  app = createSSRApp(Page).use(createLatchkey(setup.client))
  app.mount(container)
  await shows('signed_in ada@example.com')
  expect([...warnings.mock.calls, ...errors.mock.calls]).toEqual([])
})

test('outside a component the state is followed as long as its scope lives', async () => {
  const setup = setUpClient()
  mount(setup)
  const scope = effectScope()
  const session = app?.runWithContext(() => scope.run(() => useSession()))
  expect(session?.value).toEqual({ status: 'signed_out' })
  await setup.client.login(ADA)
  await expect.poll(() => session?.value.status).toBe('signed_in')
  scope.stop()
  await setup.client.logout()
  await shows('signed_out signed_out')
  expect(session?.value.status).toBe('signed_in')
})

test('without the plugin the composables throw', () => {
  expect(() => useClient()).toThrow('does not use the plugin')
})
