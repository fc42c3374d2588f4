-- The addresses themselves are written anew by src/database/canonical-addresses.ts, in the same transaction.
COMMENT ON COLUMN "users"."email" IS 'One spelling per mailbox: lower case, the domain as its A-labels';
