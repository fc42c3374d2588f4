import { type HttpClient, openHttpClient } from './http-client.ts'
import { measure } from './measure.ts'
import { serveTasks } from './worker.ts'

/** The calls to the server over HTTP. */
export type LoadTask = 'login' | 'refresh' | 'user'

interface Person {
  http: HttpClient
  email: string
  access: string
  refresh: string
}

const PASSWORD = 'correct horse battery'
const [port = 0, most = 0] = process.argv.slice(2).map(Number)
const people = await Promise.all(Array.from({ length: most }, signUp))

serveTasks<LoadTask>({
  login: (load) => measure(load, (client) => login(people[client] as Person)),
  refresh: (load) => measure(load, (client) => refresh(people[client] as Person)),
  user: (load) => measure(load, (client) => readUser(people[client] as Person)),
})

async function signUp(_: unknown, index: number): Promise<Person> {
  const http = await openHttpClient(port)
  const email = `person-${index}@example.com`
  const names = { first_name: 'Ada', last_name: 'Lovelace' }
  const form = { email, password1: PASSWORD, password2: PASSWORD, ...names }
  const tokens = JSON.parse(await http.ask('POST', '/registration/', form))
  return { http, email, ...tokens }
}

async function login({ http, email }: Person): Promise<void> {
  await http.ask('POST', '/login/', { email, password: PASSWORD })
}

/** Refreshes with the token of the answer before. */
async function refresh(person: Person): Promise<void> {
  const tokens = JSON.parse(await person.http.ask('POST', '/refresh/', { refresh: person.refresh }))
  person.access = tokens.access
  person.refresh = tokens.refresh
}

async function readUser({ http, access }: Person): Promise<void> {
  await http.ask('GET', '/user/', undefined, access)
}
