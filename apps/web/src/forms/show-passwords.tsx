import { useMessages } from '../languages/language-store.ts'
import { useFormState } from './form.tsx'

/** Shows a box that makes the passwords of its form readable. */
export function ShowPasswords({ plural = false }: { plural?: boolean }) {
  const { t } = useMessages()
  const { isShowing, setShowing } = useFormState()
  return (
    <div className="check">
      <input
        type="checkbox"
        id="show-passwords"
        checked={isShowing}
        onChange={(event) => setShowing(event.target.checked)}
      />
      <label htmlFor="show-passwords">{t(plural ? 'field.showPasswords' : 'field.showPassword')}</label>
    </div>
  )
}
