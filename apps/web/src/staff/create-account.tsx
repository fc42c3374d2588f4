import { LANGUAGES } from '@latchkey/languages'
import { Field } from '../forms/field.tsx'
import { TAKEN_ADDRESS, UNFIT_PASSWORD } from '../forms/field-room.tsx'
import { Form } from '../forms/form.tsx'
import { SelectField } from '../forms/select-field.tsx'
import { ShowPasswords } from '../forms/show-passwords.tsx'
import { useForm } from '../forms/use-form.ts'
import type { Sentence } from '../languages/create-messages.ts'
import { isolate } from '../languages/isolate.tsx'
import { useMessages } from '../languages/language-store.ts'
import { Screen } from '../layout/screen.tsx'
import { Link } from '../routing/link.tsx'
import { navigate } from '../routing/router.ts'
import { useSettings } from '../session/portal.ts'
import { listRoles } from './describe-role.ts'
import { useStaff } from './use-staff.ts'

const FIELDS = ['email', 'first_name', 'last_name', 'role', 'language', 'password'] as const

const NAMED_LANGUAGES = LANGUAGES.map(({ tag, name }) => ({ value: tag as string, name, lang: tag }))

/** Creates a user. */
export function CreateAccountScreen() {
  const { users } = useStaff()
  const { t } = useMessages()
  const { sendsMail } = useSettings()
  const required = { email: t('staff.create.email.required') }
  const form = useForm({
    fields: FIELDS,
    required: sendsMail ? required : { ...required, password: t('field.choosePassword.required') },
    submit: async ({ password, role, language, ...values }) => {
      const given = { ...(password !== '' && { password }), ...(language !== '' && { language }) }
      const { id, email } = await users.create({ ...values, ...given, role: Number(role) })
      const notice: Sentence = (now) =>
        password === ''
          ? now.t.rich('staff.create.invited', { email, name: isolate })
          : now.t('staff.create.done')
      navigate(`/staff/${id}`, { replace: true, notice })
      return undefined
    },
  })
  return (
    <Screen heading={t('staff.create.heading')}>
      <Form form={form} action={t('staff.create.action')} actionSending={t('staff.create.actionSending')}>
        <Field
          name="email"
          label={t('field.email')}
          type="email"
          autoComplete="off"
          longestError={TAKEN_ADDRESS}
        />
        <div className="pair">
          <Field name="first_name" label={t('field.firstName')} autoComplete="off" isOptional />
          <Field name="last_name" label={t('field.lastName')} autoComplete="off" isOptional />
        </div>
        <SelectField name="role" label={t('staff.filter.role')} options={listRoles(t)} defaultValue="0" />
        <SelectField
          name="language"
          label={t('staff.facts.language')}
          options={[{ value: '', name: t('staff.serverDefault') }, ...NAMED_LANGUAGES]}
          defaultValue=""
        />
        <Field
          name="password"
          label={t('field.password')}
          type="password"
          autoComplete="new-password"
          hint={sendsMail ? t('staff.create.password.hint') : undefined}
          isOptional={sendsMail}
          longestError={UNFIT_PASSWORD}
        />
        <ShowPasswords />
      </Form>
      <ul className="ways">
        <li>
          <Link to="/staff">{t('staff.all')}</Link>
        </li>
      </ul>
    </Screen>
  )
}
