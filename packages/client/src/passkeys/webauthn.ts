// The parts of @simplewebauthn/browser that this entry uses. The CommonJS build puts their code into this file, so there is
// one of it: what aborts a question has to know the question.
export {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
} from '@simplewebauthn/browser'
