import type { ReactNode } from 'react'
import { FieldRoom } from './field-room.tsx'
import { useFormState } from './form.tsx'

interface FieldProps {
  name: string
  label: string
  hint?: ReactNode
  /** What is searched for may be nothing. */
  type?: 'text' | 'email' | 'password' | 'search'
  /** What password managers and browsers fill in. */
  autoComplete: string
  defaultValue?: string
  isOptional?: boolean
  /** The longest refusal it may get, where that is none of those of every field. */
  longestError?: string
}

/**
 * An input with its label, and below it its hint or what is wrong with it, tied to it for screen readers too.
 *
 * There is no `maxlength`: browsers cut a pasted password at it without a word, and the person is locked out.
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
      {/* Nothing that is searched for is refused. */}
      {type !== 'search' && <FieldRoom name={name} hint={hint} longestError={longestError} />}
    </div>
  )
}
