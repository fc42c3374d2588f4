import { LatchkeyError } from '@latchkey/client'
import { type InputEvent, useEffect } from 'react'
import { Field } from '../forms/field.tsx'
import { useFormState } from '../forms/form.tsx'
import { useMessages } from '../languages/language-store.ts'

const WRONG_CODE = new LatchkeyError('invalid_code', '')
const WRONG_RECOVERY_CODE = new LatchkeyError('invalid_recovery_code', '')
const WHOLE_CODE = /^\s*(?:\d\s*){6}$/

/** Shows the field of a code of an authenticator app. The form is sent at the sixth digit. */
export function CodeField() {
  const { t, describeFailure } = useMessages()
  const { ref, isSending } = useFormState()
  const send = ({ currentTarget }: InputEvent<HTMLInputElement>) => {
    if (!isSending && WHOLE_CODE.test(currentTarget.value)) ref.current?.requestSubmit()
  }
  useSelectedWhenWrong('code')
  return (
    <Field
      name="code"
      label={t('field.code')}
      inputMode="numeric"
      autoComplete="one-time-code"
      onInput={send}
      longestError={[describeFailure(WRONG_CODE)]}
    />
  )
}

/** Shows the field of a recovery code. */
export function RecoveryCodeField() {
  const { t, describeFailure } = useMessages()
  return (
    <Field
      name="recovery_code"
      label={t('field.recoveryCode')}
      autoComplete="off"
      longestError={[describeFailure(WRONG_RECOVERY_CODE)]}
    />
  )
}

/** Selects a refused code, so that the next one replaces it. */
function useSelectedWhenWrong(name: string): void {
  const { ref, failure } = useFormState()
  useEffect(() => {
    if (failure === null) return
    const input = ref.current?.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.select()
  }, [ref, failure, name])
}
