/** The provider did not do its part: its answer was late, broken or missing. Nobody can say what a credential is worth. */
export class ProviderDown extends Error {
  override readonly name = 'ProviderDown'
}

/** The credential failed a check. The reason is for the log and has no part of the credential. */
export class CredentialFault extends Error {
  override readonly name = 'CredentialFault'
}
