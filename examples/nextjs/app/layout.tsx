import Link from 'next/link'
import type { ReactNode } from 'react'
import { auth, here } from '../lib/auth'
import { signOut } from './actions'

export const metadata = { title: 'Latchkey with Next.js' }

export default async function Layout({ children }: { children: ReactNode }) {
  const session = await auth.getSession(await here())
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link> <Link href="/account">Account</Link>
          {session ? (
            <form action={signOut}>
              <button type="submit">Sign out</button>
            </form>
          ) : (
            <Link href="/sign-in">Sign in</Link>
          )}
        </nav>
        <main>{children}</main>
      </body>
    </html>
  )
}
