CREATE TABLE "provider_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"provider" text NOT NULL,
	"return_to" text NOT NULL,
	"code_challenge" text NOT NULL,
	"browser_hash" text NOT NULL,
	"first_name" text DEFAULT '' NOT NULL,
	"last_name" text DEFAULT '' NOT NULL,
	"used_at" timestamp with time zone,
	"code_hash" text,
	"identity" jsonb,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "provider_attempts_code_hash" ON "provider_attempts" USING btree ("code_hash");--> statement-breakpoint
CREATE INDEX "provider_attempts_expires_at" ON "provider_attempts" USING btree ("expires_at");