import { useEffect } from 'react'
import { Field } from '../forms/field.tsx'
import { Form } from '../forms/form.tsx'
import { useForm } from '../forms/use-form.ts'
import type { Translate } from '../languages/create-messages.ts'
import { useMessages } from '../languages/language-store.ts'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { type AccountFilter, CHOICES, FILTER_FIELDS, writeAccountFilter } from './account-filter.ts'
import { listRoles } from './describe-role.ts'

interface AccountSearchProps {
  filter: AccountFilter
  /** Is called when the same filter is asked for again. */
  onSame(): Promise<void>
}

/** Shows the search with its filters. The address of the page has them, so it can be shared, and Back undoes a search. */
export function AccountSearch({ filter, onSame }: AccountSearchProps) {
  const { t } = useMessages()
  const shown = writeAccountFilter(filter)
  const form = useForm({
    fields: FILTER_FIELDS,
    submit: async (values) => {
      const wanted = writeAccountFilter(values)
      if (wanted === shown) await onSame()
      else navigate(`/staff${wanted}`)
      return undefined
    },
  })
  // Back and a link change the filter while the form stays, so that the focus stays too.
  useEffect(() => {
    for (const name of FILTER_FIELDS) {
      const control = form.ref.current?.elements.namedItem(name)
      if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        control.value = filter[name]
      }
    }
  }, [form.ref, filter])
  return (
    <search className="search accounts-search">
      <Form
        form={form}
        action={t('staff.search.action')}
        actionSending={t('staff.search.actionSending')}
        isAnsweredElsewhere
      >
        <Field
          name="search"
          label={t('staff.search.label')}
          type="search"
          autoComplete="off"
          defaultValue={filter.search}
        />
        <div className="filters">
          <Choice
            name="role"
            label={t('staff.filter.role')}
            choices={listRoleChoices(filter.role, t)}
            filter={filter}
          />
          <Choice name="active" label={t('staff.filter.status')} choices={nameActive(t)} filter={filter} />
          <Choice
            name="verified"
            label={t('staff.filter.address')}
            choices={nameVerified(t)}
            filter={filter}
          />
          <Choice
            name="created"
            label={t('staff.filter.created')}
            choices={nameSpans('created', t)}
            filter={filter}
          />
          <Choice name="seen" label={t('staff.filter.seen')} choices={nameSpans('seen', t)} filter={filter} />
        </div>
      </Form>
      <p className={shown === '' ? 'away' : undefined}>
        <Link to="/staff">{t('staff.search.clear')}</Link>
      </p>
    </search>
  )
}

interface ChoiceProps {
  name: keyof AccountFilter
  label: string
  choices: { value: string; name: string }[]
  filter: AccountFilter
}

function Choice({ name, label, choices, filter }: ChoiceProps) {
  return (
    <div className="field">
      <label htmlFor={name}>{label}</label>
      <select id={name} name={name} defaultValue={filter[name]}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.name}
          </option>
        ))}
      </select>
    </div>
  )
}

function listRoleChoices(role: string, t: Translate) {
  return [{ value: '', name: t('staff.filter.anyRole') }, ...listRoles(t, Number(role))]
}

function nameActive(t: Translate) {
  const names = {
    '': t('staff.filter.anyStatus'),
    true: t('staff.filter.active'),
    false: t('staff.filter.deactivated'),
  }
  return CHOICES.active.map((value) => ({ value, name: names[value] }))
}

function nameVerified(t: Translate) {
  const names = {
    '': t('staff.filter.anyAddress'),
    true: t('staff.filter.confirmed'),
    false: t('staff.filter.unconfirmed'),
  }
  return CHOICES.verified.map((value) => ({ value, name: names[value] }))
}

function nameSpans(field: 'created' | 'seen', t: Translate) {
  const names = {
    '': t('staff.filter.anyTime'),
    '1d': t('staff.filter.lastDay'),
    '7d': t('staff.filter.lastDays', { count: 7 }),
    '30d': t('staff.filter.lastDays', { count: 30 }),
    'not-30d': t('staff.filter.notLastDays', { count: 30 }),
  }
  return CHOICES[field].map((value) => ({ value, name: names[value] }))
}
