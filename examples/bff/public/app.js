// The page has no token and knows no auth server: it talks to its own backend alone.

const find = (selector) => document.querySelector(selector)

async function call(path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : {})
  const answer = await response.json()
  if (!response.ok) throw new Error(Object.values(answer.fields ?? {})[0]?.[0] ?? answer.detail)
  return answer
}

function show(id) {
  for (const part of ['sign-up', 'sign-in', 'home']) find(`#${part}`).hidden = part !== id
}

async function showProviders() {
  // Without the list people still have the form.
  const providers = await call('/api/providers').catch(() => [])
  const links = providers.map(({ id, name }) => {
    const link = document.createElement('a')
    link.href = `/api/continue/${encodeURIComponent(id)}`
    link.textContent = `Continue with ${name}`
    return link
  })
  find('#providers').replaceChildren(...links)
}

/** What the backend puts into the address after a provider. The words are ours. */
const PROBLEMS = new Map([
  ['provider', 'That did not work. Try again, or choose another way.'],
  ['second_factor', 'This account needs a second factor.'],
])

/** Takes the problem out of the address, so that a reload does not say it again. */
function takeProblem() {
  const address = new URL(location.href)
  const problem = PROBLEMS.get(address.searchParams.get('problem')) ?? ''
  address.searchParams.delete('problem')
  history.replaceState(history.state, '', address)
  return problem
}

async function showUser() {
  const user = await call('/api/user')
  if (!user) {
    show('sign-in')
    return showProviders()
  }
  const { sessions } = await call('/api/sessions')
  const items = sessions.map(({ browser, ip, current }) => {
    const item = document.createElement('li')
    item.textContent = `${browser ?? 'Unknown browser'} at ${ip}${current ? ' (here)' : ''}`
    return item
  })
  find('#home h1').textContent = `Hello ${user.first_name}`
  find('#home ul').replaceChildren(...items)
  show('home')
}

const say = (text) => {
  find('[role=status]').textContent = text
}

/** Runs what a button is for, and shows a refusal. */
async function act(work) {
  say('')
  await work().catch((error) => say(error.message))
}

find('#sign-in').addEventListener('submit', (event) => {
  event.preventDefault()
  const fields = Object.fromEntries(new FormData(event.target))
  act(async () => {
    const { signedIn } = await call('/api/sign-in', fields)
    if (!signedIn) throw new Error('This account needs a second factor.')
    await showUser()
  })
})

find('#sign-up').addEventListener('submit', (event) => {
  event.preventDefault()
  const { password, ...fields } = Object.fromEntries(new FormData(event.target))
  act(async () => {
    const result = await call('/api/sign-up', { ...fields, password1: password, password2: password })
    if (result.status !== 'signed_in') throw new Error(result.detail ?? 'This account needs a second factor.')
    await showUser()
  })
})

find('#sign-out').addEventListener('click', () =>
  act(async () => {
    await call('/api/sign-out', {})
    await showUser()
  }),
)

find('#new').addEventListener('click', () => show('sign-up'))

act(async () => {
  const problem = takeProblem()
  await showUser()
  say(problem)
})
