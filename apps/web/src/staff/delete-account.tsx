import type { StaffAccount } from '@latchkey/client'
import { useClient } from '@latchkey/client/react'
import { useRef } from 'react'
import { Alert, Messages } from '../layout/messages.tsx'
import { navigate } from '../routing/router.ts'
import { useAct } from './use-act.ts'

/** Deletes a user, after a confirmation. */
export function DeleteAccount({ account }: { account: StaffAccount }) {
  const { users } = useClient().staff
  const dialog = useRef<HTMLDialogElement>(null)
  const notice = `The account of ${account.email} is deleted.`
  const { refusal, act } = useAct(async () => navigate('/staff', { replace: true, notice }))
  const close = () => dialog.current?.close()
  return (
    <section aria-labelledby="delete-heading">
      <h2 id="delete-heading">Delete the account</h2>
      <p className="muted">Erases everything that tells of its owner.</p>
      <button type="button" className="quiet grave" onClick={() => dialog.current?.showModal()}>
        Delete…
      </button>
      <dialog ref={dialog} aria-labelledby="confirm-heading">
        <h2 id="confirm-heading">Delete this account?</h2>
        <p>
          The account <bdi>{account.email}</bdi> goes with everything we keep of it, and its owner is signed
          out everywhere. <strong>It cannot be undone.</strong>
        </p>
        <div className="actions">
          <button type="button" className="quiet" onClick={close}>
            Keep the account
          </button>
          <button
            type="button"
            className="danger"
            onClick={() => act(() => users.delete({ id: account.id }), notice)}
          >
            Delete the account
          </button>
        </div>
        <Messages>{refusal !== null && <Alert>{refusal}</Alert>}</Messages>
      </dialog>
    </section>
  )
}
