import { type ReactNode, type RefObject, useId } from 'react'
import { Alert, Messages } from '../layout/messages.tsx'

interface ConfirmDialogProps {
  dialog: RefObject<HTMLDialogElement | null>
  /** The question. */
  heading: string
  /** What the act does. */
  text: ReactNode
  /** The text of the button that acts. */
  action: string
  /** The text of the button that leaves everything as it is. */
  keep: string
  /** The sentence of a failed act; null without a failure. */
  refusal: ReactNode
  /** Acts. The dialog closes when the act has succeeded. */
  onConfirm: () => Promise<boolean>
}

/** Asks once before an act, and says what the act does. Escape and the first button leave everything as it is. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { dialog, heading, text, action, keep, refusal, onConfirm } = props
  const id = useId()
  const close = () => dialog.current?.close()
  const confirm = async () => {
    if (await onConfirm()) close()
  }
  return (
    <dialog ref={dialog} aria-labelledby={id} aria-describedby={`${id}-text`}>
      <h2 id={id}>{heading}</h2>
      <p id={`${id}-text`}>{text}</p>
      <div className="actions">
        <button type="button" className="quiet" onClick={close}>
          {keep}
        </button>
        <button type="button" className="danger" onClick={confirm}>
          {action}
        </button>
      </div>
      <Messages>{refusal !== null && <Alert>{refusal}</Alert>}</Messages>
    </dialog>
  )
}
