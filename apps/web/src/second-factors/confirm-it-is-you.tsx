import { confirm } from '@latchkey/client/passkeys'
import { useClient } from '@latchkey/client/react'
import { type ReactNode, type RefObject, useEffect, useId, useRef } from 'react'
import { useMessages } from '../languages/language-store.ts'
import { ConfirmWithProvider, useConnectedProviders } from '../providers/confirm-with-provider.tsx'
import { navigate } from '../routing/router.ts'
import { type Confirmation, useConfirmation } from '../session/confirmation.ts'
import { listWays } from './list-ways.ts'
import { type Proof, Prove } from './prove.tsx'
import { useFactors } from './use-factors.ts'

const SCOPE = 'confirm-'

/** Shows the dialog in which a signed-in user confirms to be the user, over any screen. */
export function ConfirmItIsYou() {
  const confirmation = useConfirmation()
  return confirmation && <ConfirmationDialog confirmation={confirmation} />
}

function ConfirmationDialog({ confirmation }: { confirmation: Confirmation }) {
  const client = useClient()
  const { reauthenticate } = useFactors()
  const { t } = useMessages()
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  const { methods, cancel } = confirmation
  const connected = useConnectedProviders(methods.includes('social'))
  const isReady = connected !== null
  // The page is left, or the user is signed out.
  useEffect(() => cancel, [cancel])
  // The dialog opens with everything in it, so that nothing in it moves.
  useEffect(() => {
    if (isReady) dialog.current?.showModal()
  }, [isReady])
  const prove = async (proof: Proof) => {
    await (proof === 'passkey' ? confirm(client) : reauthenticate(proof))
    // The focus goes back to the button that was pressed, as long as the dialog is in the page.
    dialog.current?.close('confirmed')
  }
  const onClose = () => (dialog.current?.returnValue === 'confirmed' ? confirmation.confirm() : cancel())
  const keep = (
    <button type="button" className="quiet keep" onClick={() => dialog.current?.close()}>
      {t('confirm.cancel')}
    </button>
  )
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{t('confirm.heading')}</h2>
      {methods.length === 0 && <SetUpFirst dialog={dialog} keep={keep} />}
      {methods.length > 0 && connected !== null && (
        <Prove
          ways={listWays(methods)}
          scope={SCOPE}
          hint={<p className="muted">{t('confirm.text')}</p>}
          prove={prove}
          byProvider={<ConfirmWithProvider providers={connected} />}
        >
          {keep}
        </Prove>
      )}
    </dialog>
  )
}

interface SetUpFirstProps {
  dialog: RefObject<HTMLDialogElement | null>
  keep: ReactNode
}

/** Leads a user who has no second step, and must have one, to where it is set up. */
function SetUpFirst({ dialog, keep }: SetUpFirstProps) {
  const { t } = useMessages()
  const leave = () => {
    dialog.current?.close()
    navigate('/security')
  }
  return (
    <>
      <p>{t('security.twoSteps.required')}</p>
      <button type="button" onClick={leave}>
        {t('security.heading')}
      </button>
      {keep}
    </>
  )
}
