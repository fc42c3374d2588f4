CREATE TABLE "imported_sessions" (
	"session_id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"jti" text NOT NULL,
	"user_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"exchanged_at" timestamp with time zone,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "imported_users" (
	"source" text NOT NULL,
	"old_id" text NOT NULL,
	"user_id" uuid NOT NULL,
	"row_hash" "bytea" NOT NULL,
	"imported_hash" text NOT NULL,
	"state" text NOT NULL,
	CONSTRAINT "imported_users_source_old_id_pk" PRIMARY KEY("source","old_id")
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"final" boolean NOT NULL,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "pending_registrations" ADD COLUMN "password_form" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pending_registrations" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "external_id" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "password_form" smallint DEFAULT 0 NOT NULL;