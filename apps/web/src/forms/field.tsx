import type { ReactNode } from 'react'
import { FieldRoom } from './field-room.tsx'
import { useFormState } from './form.tsx'

interface FieldProps {
  name: string
  label: string
  hint?: ReactNode
  /** A field of type `search` may be empty. */
  type?: 'text' | 'email' | 'password' | 'search'
  /** Tells password managers and browsers what to fill in. */
  autoComplete: string
  defaultValue?: string
  isOptional?: boolean
  /** The longest refusal of this field; the longest refusal of most fields unless given. */
  longestError?: string
}

/**
 * Shows an input with its label, and below it the hint or the error. Screen readers read both with the input.
 *
 * The input has no `maxlength`: browsers cut a pasted password silently, and the user could not sign in with it.
 */
export function Field(props: FieldProps) {
  const { name, label, hint, type = 'text', autoComplete, defaultValue, isOptional, longestError } = props
  const { errors, isShowing } = useFormState()
  const sentences = errors.byField[name] ?? []
  const describedBy = [hint && `${name}-hint`, sentences.length > 0 && `${name}-error`]
    .filter(Boolean)
    .join(' ')
  return (
    <div className="field">
      <label htmlFor={name}>
        {label}
        {isOptional && <span className="muted"> (optional)</span>}
      </label>
      <input
        id={name}
        name={name}
        type={type === 'password' && isShowing ? 'text' : type}
        dir={type === 'text' || type === 'search' ? 'auto' : undefined}
        autoComplete={autoComplete}
        defaultValue={defaultValue}
        required={!isOptional && type !== 'search'}
        autoCapitalize={type === 'text' ? undefined : 'none'}
        spellCheck={false}
        aria-invalid={sentences.length > 0 || undefined}
        aria-describedby={describedBy || undefined}
      />
      {/* A search is never refused, so it needs no room for an error. */}
      {type !== 'search' && <FieldRoom name={name} hint={hint} longestError={longestError} />}
    </div>
  )
}
