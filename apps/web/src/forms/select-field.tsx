import { FieldRoom } from './field-room.tsx'
import { useFormState } from './form.tsx'

interface SelectFieldProps {
  name: string
  label: string
  options: { value: string; name: string }[]
  defaultValue: string
}

/** Shows a select with its label and its error. Screen readers read both with the select. */
export function SelectField({ name, label, options, defaultValue }: SelectFieldProps) {
  const { errors } = useFormState()
  const isWrong = (errors.byField[name] ?? []).length > 0
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
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
      <FieldRoom name={name} />
    </div>
  )
}
