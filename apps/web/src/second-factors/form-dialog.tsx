import { Fragment, type ReactNode, type RefObject, useId, useState } from 'react'

interface FormDialogProps {
  dialog: RefObject<HTMLDialogElement | null>
  heading: string
  /** The text of the button that leaves everything as it is. */
  keep: string
  /** Shows the form, with the button that leaves everything as it is. */
  children: (keep: ReactNode) => ReactNode
}

/** Shows a form over the page. Escape and the last button leave everything as it is, and empty the form. */
export function FormDialog({ dialog, heading, keep, children }: FormDialogProps) {
  const id = useId()
  const [round, setRound] = useState(0)
  const keepButton = (
    <button type="button" className="quiet keep" onClick={() => dialog.current?.close()}>
      {keep}
    </button>
  )
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={() => setRound((last) => last + 1)}>
      <h2 id={id}>{heading}</h2>
      <Fragment key={round}>{children(keepButton)}</Fragment>
    </dialog>
  )
}
