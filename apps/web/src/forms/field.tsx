import type { ReactNode } from 'react'
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
}

/**
 * An input with its label, hint and errors tied to it, for eyes and for screen readers alike.
 *
 * There is no `maxlength`: browsers cut a pasted password at it without a word, and the person is locked out.
 */
export function Field({
  name,
  label,
  hint,
  type = 'text',
  autoComplete,
  defaultValue,
  isOptional,
}: FieldProps) {
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
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {sentences.length > 0 && <FieldErrors id={`${name}-error`} sentences={sentences} />}
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
    </div>
  )
}

function FieldErrors({ id, sentences }: { id: string; sentences: string[] }) {
  return (
    <div id={id}>
      {sentences.map((sentence) => (
        <p className="field-error" key={sentence}>
          {sentence}
        </p>
      ))}
    </div>
  )
}
