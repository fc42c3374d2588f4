import { useEffect, useRef, useState } from 'react'
import { loadCommonPasswords } from './common-passwords.ts'
import { useFormState } from './form.tsx'
import { findMetRules, type PasswordOwner, type PasswordRule } from './password-rules.ts'

/**
 * Follows which rules a password meets while it is typed. The state holds the rules, and never the password.
 *
 * @param name - the name of the field
 * @param owner - the user who sets the password; `typed` when the same form has the address and the names
 * @returns null while nothing is typed
 */
export function useMetRules(name: string, owner: PasswordOwner | 'typed' | null): PasswordRule[] | null {
  const { ref } = useFormState()
  const [met, setMet] = useState<PasswordRule[] | null>(null)
  const common = useRef<ReadonlySet<string> | null>(null)
  useEffect(() => {
    const form = ref.current
    if (form === null) return
    const look = () => {
      const typed = read(form, name)
      const knowledge = { owner: owner === 'typed' ? readOwner(form) : owner, common: common.current }
      setMet(typed === '' ? null : findMetRules(typed, knowledge))
    }
    const load = async (event: FocusEvent) => {
      if (common.current !== null || event.target !== form.elements.namedItem(name)) return
      common.current = await loadCommonPasswords().catch(() => null)
      look()
    }
    form.addEventListener('input', look)
    form.addEventListener('focusin', load)
    return () => {
      form.removeEventListener('input', look)
      form.removeEventListener('focusin', load)
    }
  }, [ref, name, owner])
  return met
}

function readOwner(form: HTMLFormElement): PasswordOwner {
  return {
    email: read(form, 'email'),
    first_name: read(form, 'first_name'),
    last_name: read(form, 'last_name'),
  }
}

function read(form: HTMLFormElement, name: string): string {
  const input = form.elements.namedItem(name)
  return input instanceof HTMLInputElement ? input.value : ''
}
