/** The key of a caller for one request: visible ASCII characters without `"` and `\`. */
export const IDEMPOTENCY_KEY = /^[!#-[\]-~]{16,128}$/
