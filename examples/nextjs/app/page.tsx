import { auth, here } from '../lib/auth'

export default async function HomePage() {
  const session = await auth.getSession(await here())
  return <h1>{session ? `Welcome back, user ${session.userId}` : 'Welcome, visitor'}</h1>
}
