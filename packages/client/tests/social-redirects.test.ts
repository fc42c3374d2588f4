import { afterEach, describe, expect, test, vi } from 'vitest'
import { createClient, memoryStorage } from '../src/index.ts'
import { createSocialOperations } from '../src/social/index.ts'
import { createAppWindow } from './support/app-window.ts'

const BASE_URL = 'https://auth.example'
const PAGE = 'https://app.example/signed-in'
const CODE = 'A'.repeat(43)

afterEach(() => vi.unstubAllGlobals())

/** The operations of a page, and a server that gives one answer to everything. */
function openPage(answer: unknown = {}) {
  const client = createClient({
    baseUrl: BASE_URL,
    storage: memoryStorage(),
    bound: false,
    fetch: async () => Response.json(answer),
  })
  const { window, kept } = createAppWindow(PAGE)
  const social = createSocialOperations(client, { window })
  /** Leaves the page for the provider, and reads the address to which the server leads back. */
  async function leave(): Promise<URL> {
    await social.signIn('acme', { returnTo: PAGE })
    return new URL(new URL(window.location.href).searchParams.get('return_to') ?? '')
  }
  return { client, social, window, kept, leave }
}

describe('the start of a redirect', () => {
  test.each([
    ['reauthenticate', undefined, 'login'],
    ['reauthenticate', 'select_account', 'select_account'],
    ['sign_in', undefined, null],
    ['connect', undefined, null],
  ] as const)(
    'to %s with the prompt %s asks the provider for the prompt %s',
    async (purpose, prompt, asked) => {
      const { social } = openPage()
      const { address } = await social.begin('acme', { returnTo: PAGE, purpose, ...(prompt && { prompt }) })
      expect(new URL(address).searchParams.get('prompt')).toBe(asked)
    },
  )

  test('from a page without the digests of WebCrypto says what the page needs', async () => {
    const { getRandomValues } = crypto
    vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) })
    const { social, window } = openPage()
    const refused = social.signIn('acme', { returnTo: PAGE })
    await expect(refused).rejects.toThrow(
      'A redirect to a provider needs a page of https, or of this machine.',
    )
    expect(window.location.href).toBe(PAGE)
  })
})

describe('the way back', () => {
  test('without an outcome ends nothing, and the attempt waits on', async () => {
    const { social, window, leave, kept } = openPage()
    const back = await leave()
    window.location.href = back.href
    expect(await social.complete()).toBeNull()
    expect(window.location.href).toBe(back.href)
    expect(kept.size).toBe(1)
  })

  test.each([
    ['#_=_', ''],
    ['#part', '#part'],
  ])('with the fragment %s leaves %s in the address', async (fragment, left) => {
    const { social, window, leave } = openPage()
    const back = await leave()
    back.searchParams.set('error', 'access_denied')
    window.location.href = back.href + fragment
    await social.complete()
    expect(window.location.href).toBe(PAGE + left)
  })
})

describe('an answer that is not from the server', () => {
  test('is no list of providers', async () => {
    const { social } = openPage({ providers: [] })
    await expect(social.providers()).rejects.toMatchObject({ code: 'unexpected_answer' })
  })

  test('is no next step of a sign-in', async () => {
    const { social, window, leave } = openPage({ detail: 'Verification e-mail sent.' })
    const back = await leave()
    back.searchParams.set('code', CODE)
    window.location.href = back.href
    await expect(social.complete()).rejects.toMatchObject({ code: 'unexpected_answer' })
  })
})
