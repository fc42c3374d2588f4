'use server'

import { isLatchkeyError } from '@latchkey/client'
import { readReturnPath } from '@latchkey/client/ssr'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { auth, here } from '../lib/auth'
import { beginAttempt } from '../lib/social'
import type { Answer } from './form'

/** A right password of an account that needs a second factor is no session yet. */
const NEXT_STEP: Answer = { message: 'This account needs a second factor.', fields: {} }

export async function signUp(_before: Answer, form: FormData): Promise<Answer> {
  const { password1 = '', email = '', ...names } = readTexts(form)
  try {
    const client = auth.clientFor(await here())
    const result = await client.register({ email, password1, password2: password1, ...names })
    // With mandatory verification the user has to follow the mailed link first.
    if (result.status === 'verification_required') return { message: result.detail, fields: {} }
    if (result.status !== 'signed_in') return NEXT_STEP
  } catch (error) {
    return describeRefusal(error)
  }
  redirect('/account')
}

export async function signIn(_before: Answer, form: FormData): Promise<Answer> {
  const { email = '', password = '', next } = readTexts(form)
  try {
    const result = await auth.clientFor(await here()).login({ email, password })
    if (result.status !== 'signed_in') return NEXT_STEP
  } catch (error) {
    return describeRefusal(error)
  }
  redirect(readReturnPath(next, '/account'))
}

/** The button of a provider. The browser leaves for it. */
export async function continueWith(form: FormData): Promise<void> {
  redirect(await beginAttempt(String(form.get('provider'))))
}

export async function rename(_before: Answer, form: FormData): Promise<Answer> {
  try {
    await auth.clientFor(await here()).user.update(readTexts(form))
  } catch (error) {
    return describeRefusal(error)
  }
  revalidatePath('/account')
  return { message: 'Saved.', fields: {} }
}

export async function signOut(): Promise<void> {
  // The cookie is removed in any case, also when the auth server cannot be told.
  const client = auth.clientFor(await here())
  await client.logout().catch(describeRefusal)
  redirect('/')
}

function readTexts(form: FormData): Record<string, string> {
  const texts = [...form].filter(([name, value]) => typeof value === 'string' && !name.startsWith('$'))
  return Object.fromEntries(texts) as Record<string, string>
}

function describeRefusal(error: unknown): Answer {
  if (!isLatchkeyError(error)) throw error
  return { message: error.code === 'invalid' ? '' : error.message, fields: error.fields }
}
