import { useFormState } from './form.tsx'

interface SelectFieldProps {
  name: string
  label: string
  options: { value: string; name: string }[]
  defaultValue: string
}

/** A choice with its label and its errors tied to it. */
export function SelectField({ name, label, options, defaultValue }: SelectFieldProps) {
  const { errors } = useFormState()
  const sentences = errors.byField[name] ?? []
  const isWrong = sentences.length > 0
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      {isWrong && (
        <p className="field-error" id={`${name}-error`}>
          {sentences.join(' ')}
        </p>
      )}
      <select
        id={name}
        name={name}
        defaultValue={defaultValue}
        aria-invalid={isWrong || undefined}
        aria-describedby={isWrong ? `${name}-error` : undefined}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.name}
          </option>
        ))}
      </select>
    </div>
  )
}
