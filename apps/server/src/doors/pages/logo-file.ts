/** A picture that the server serves. */
export interface LogoFile {
  /** Its path below the path of `PUBLIC_URL`. It has the hash of the content. */
  path: string
  contentType: string
  body: Uint8Array<ArrayBuffer>
}
