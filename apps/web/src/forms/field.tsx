import type { InputEvent, ReactNode } from 'react'
import { useMessages } from '../languages/language-store.ts'
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
  /** The keyboard that a phone shows. */
  inputMode?: 'numeric'
  onInput?: (event: InputEvent<HTMLInputElement>) => void
  isOptional?: boolean
  /** The refusals of this field as the contract words them; those of most fields unless given. */
  longestError?: readonly string[]
}

/**
 * Shows an input with its label, and below it the hint or the error. Screen readers read both with the input.
 *
 * The input has no `maxlength`: browsers cut a pasted password silently, and the user could not sign in with it.
 */
export function Field(props: FieldProps) {
  const { name, hint, type = 'text', autoComplete, defaultValue, isOptional, longestError } = props
  const { errors, isShowing, scope } = useFormState()
  const id = scope + name
  const isWrong = (errors.byField[name] ?? []).length > 0
  const describedBy = [hint && `${id}-hint`, isWrong && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>
        <FieldLabel {...props} />
      </label>
      <input
        id={id}
        name={name}
        type={type === 'password' && isShowing ? 'text' : type}
        // Hidden characters have no direction.
        dir={type === 'password' && !isShowing ? undefined : 'auto'}
        autoComplete={autoComplete}
        defaultValue={defaultValue}
        inputMode={props.inputMode}
        onInput={props.onInput}
        required={!isOptional && type !== 'search'}
        autoCapitalize={type === 'text' ? undefined : 'none'}
        spellCheck={false}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy || undefined}
      />
      {/* A search is never refused, so it needs no room for an error. */}
      {type !== 'search' && <FieldRoom name={name} hint={hint} longestError={longestError} />}
    </div>
  )
}

function FieldLabel({ label, isOptional }: FieldProps): ReactNode {
  const { t } = useMessages()
  if (!isOptional) return label
  return t.rich('field.optional', { label, muted: (words) => <span className="muted">{words}</span> })
}
