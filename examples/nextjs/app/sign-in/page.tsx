import Link from 'next/link'
import { signIn } from '../actions'
import { Form } from '../form'

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
  const { next = '/account' } = await searchParams
  return (
    <>
      <h1>Sign in</h1>
      <Form action={signIn} fields={{ email: 'Email', password: 'Password' }} next={next} submit="Sign in" />
      <Link href="/sign-up">I am new</Link>
    </>
  )
}
