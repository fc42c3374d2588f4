ALTER TABLE "sessions" ADD COLUMN "rotation_key" bytea;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "jkt" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "bound_by" text;--> statement-breakpoint
-- No session has a key yet, so no row has to be read.
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_binding" CHECK (("jkt" is null) = ("bound_by" is null)) NOT VALID;
