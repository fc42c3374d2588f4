export { PasskeyError, type PasskeyErrorCode } from './passkey-error.ts'
export { add, confirm, isAutofillSupported, isSupported, signIn, verify } from './passkeys.ts'
