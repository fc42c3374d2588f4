export { PASSWORD, type Person, type Refusal, readClaims, refusalOf, signUp } from './people.ts'
export {
  type SinkMessage,
  type SinkOptions,
  type SinkRules,
  type SmtpSink,
  startSmtpSink,
  waitUntil,
} from './smtp-sink.ts'
export {
  createTestCore,
  FAST_HASH,
  TEST_SECRET_KEY,
  type TestCore,
  type TestCoreOptions,
} from './test-core.ts'
export { createTestDatabase, type TestDatabase } from './test-database.ts'
