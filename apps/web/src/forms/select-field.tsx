import type { ReactNode } from 'react'
import { FieldRoom } from './field-room.tsx'
import { useFormState } from './form.tsx'

interface SelectFieldProps {
  name: string
  label: string
  /** `lang` is the language of the name, when it is another one than that of the page. */
  options: { value: string; name: string; lang?: string }[]
  defaultValue: string
  hint?: ReactNode
}

/** Shows a select with its label and its error. Screen readers read both with the select. */
export function SelectField({ name, label, options, defaultValue, hint }: SelectFieldProps) {
  const { errors } = useFormState()
  const isWrong = (errors.byField[name] ?? []).length > 0
  const describedBy = [hint && `${name}-hint`, isWrong && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <select
        id={name}
        name={name}
        defaultValue={defaultValue}
        aria-invalid={isWrong || undefined}
        aria-describedby={describedBy || undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} lang={option.lang}>
            {option.name}
          </option>
        ))}
      </select>
      <FieldRoom name={name} hint={hint} />
    </div>
  )
}
