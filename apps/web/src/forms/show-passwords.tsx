import { useFormState } from './form.tsx'

/** A box that shows what was typed into the password fields of its form. */
export function ShowPasswords({ plural = false }: { plural?: boolean }) {
  const { isShowing, setShowing } = useFormState()
  return (
    <div className="check">
      <input
        type="checkbox"
        id="show-passwords"
        checked={isShowing}
        onChange={(event) => setShowing(event.target.checked)}
      />
      <label htmlFor="show-passwords">{plural ? 'Show passwords' : 'Show password'}</label>
    </div>
  )
}
