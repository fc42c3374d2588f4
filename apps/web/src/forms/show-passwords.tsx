import { useMessages } from '../languages/language-store.ts'
import { useFormState } from './form.tsx'

/** Shows a box that makes the passwords of its form readable. */
export function ShowPasswords({ plural = false }: { plural?: boolean }) {
  const { t } = useMessages()
  const { isShowing, setShowing, scope } = useFormState()
  const id = `${scope}show-passwords`
  return (
    <div className="check">
      <input
        type="checkbox"
        id={id}
        checked={isShowing}
        onChange={(event) => setShowing(event.target.checked)}
      />
      <label htmlFor={id}>{t(plural ? 'field.showPasswords' : 'field.showPassword')}</label>
    </div>
  )
}
