export { accepts } from './accepts.ts'
export { type CborValue, encodeCbor } from './cbor.ts'
export { type Authority, type CertificateFiles, createAuthority, createSelfSigned } from './certificates.ts'
export {
  createDjangoDatabase,
  DJANGO_PASSWORD,
  type DjangoHash,
  type DjangoTokens,
  listDjangoHashes,
  listLiveTokens,
} from './django-deployment.ts'
export { loadDjangoDump } from './django-dump.ts'
export { addDjangoSession, addDjangoUser, type DjangoUser } from './django-people.ts'
export { DJANGO_PREFIX, type DjangoStandIn, startDjangoStandIn } from './django-stand-in.ts'
export {
  DJANGO_SECRET_KEY,
  type DjangoClaims,
  newDjangoId,
  readDjangoClaims,
  signDjangoToken,
} from './django-tokens.ts'
export { FIREBASE_SIGNER_KEY, type ForeignHashCase, listForeignHashes } from './foreign-hashes.ts'
export { findFreePort } from './free-port.ts'
export { type Gate, openGate } from './gate.ts'
export { createHashGate, type HashGate } from './hash-gate.ts'
export { makeOnce } from './make-once.ts'
export {
  describeOldClaims,
  finishImport,
  type MovedPerson,
  moveIn,
  moveSessionIn,
  OLD_SOURCE,
  OLD_TOKENS,
  type OldSession,
} from './old-deployment.ts'
export { type OwnPostgres, startOwnPostgres } from './own-postgres.ts'
export { listCodes, type PageTable, readPage, readTables } from './pages.ts'
export {
  logIn,
  NEW_PASSWORD,
  newEmail,
  PASSWORD,
  type Person,
  type Refusal,
  readClaims,
  refusalOf,
  requireTokens,
  signUp,
  signUpForm,
  withConfig,
} from './people.ts'
export { type PostfixOptions, startPostfix, type TestPostfix } from './postfix.ts'
export { makeProofKey, type ProofKey, type ProofParts } from './proof-key.ts'
export { type OidcClaims, type OidcServer, startOidcServer } from './providers/oidc-server.ts'
export { describeMetadata, PLACES, type PlaceName } from './providers/places.ts'
export type { GivenToken } from './providers/resources.ts'
export { APPLE_KEY, describeProvider, describeProviders } from './providers/settings.ts'
export {
  type Misbehaviour,
  type SmallProvider,
  type SmallProviderPath,
  startSmallProvider,
} from './providers/small-provider.ts'
export {
  answerJson,
  createProviderStandIn,
  type ProviderPerson,
  type ProviderStandIn,
  STAND_IN_SECRET,
} from './providers/stand-in.ts'
export { openQuietProxy, type QuietProxy } from './quiet-proxy.ts'
export {
  type SinkMessage,
  type SinkOptions,
  type SinkRules,
  type SmtpSink,
  startSmtpSink,
  waitUntil,
} from './smtp-sink.ts'
export {
  type SoftAssertion,
  type SoftAuthenticator,
  type SoftAuthenticatorOptions,
  type SoftFaults,
  type SoftRegistration,
  softAuthenticator,
} from './soft-authenticator.ts'
export {
  addPasskey,
  type FactorOwner,
  raiseLevel,
  signUpWithFactors,
  storeFactors,
} from './stored-factors.ts'
export {
  createTestCore,
  FAST_HASH,
  TEST_SECRET_KEY,
  type TestCore,
  type TestCoreOptions,
} from './test-core.ts'
export { createTestDatabase, openSql, type TestDatabase } from './test-database.ts'
export {
  type ArrivedMail,
  createMailingCore,
  createTestMailbox,
  type MailingCore,
  type TestMailbox,
} from './test-mailbox.ts'
export { startTestNginx, type TestNginx } from './test-nginx.ts'
export { startPgBouncer, type TestPgBouncer } from './test-pgbouncer.ts'
export {
  type Series,
  startTestPrometheus,
  type TestPrometheus,
} from './test-prometheus.ts'
export { startTestRedis, type TestRedis } from './test-redis.ts'
export { openTlsFront, type TlsFront } from './tls-front.ts'
export { listInvalidTokens, listSpacedSpellings, listSpellings, type SignChanged } from './token-cases.ts'
export { beginStep, listTotpCodes, totpCode, totpCodeAt, wrongTotpCode } from './totp-code.ts'
