import Link from 'next/link'
import { openSocial } from '../../lib/social'
import { continueWith, signIn } from '../actions'
import { Form } from '../form'

/** What went wrong at a provider. The address names it, and the words are ours. */
const PROBLEMS = new Map([
  ['provider', 'That did not work. Try again, or choose another way.'],
  ['second_factor', 'This account needs a second factor.'],
])

interface Props {
  searchParams: Promise<{ next?: string; problem?: string }>
}

export default async function SignInPage({ searchParams }: Props) {
  const { next = '/account', problem = '' } = await searchParams
  // Without the list people still have the form.
  const providers = await (await openSocial()).providers().catch(() => [])
  return (
    <>
      <h1>Sign in</h1>
      <Form action={signIn} fields={{ email: 'Email', password: 'Password' }} next={next} submit="Sign in" />
      {providers.map(({ id, name }) => (
        <form action={continueWith} key={id}>
          <input name="provider" type="hidden" value={id} />
          <button type="submit">Continue with {name}</button>
        </form>
      ))}
      <p role="status">{PROBLEMS.get(problem)}</p>
      <Link href="/sign-up">I am new</Link>
    </>
  )
}
