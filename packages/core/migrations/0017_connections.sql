CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"provider" text NOT NULL,
	"uid" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_login" timestamp with time zone NOT NULL,
	CONSTRAINT "connections_provider_uid" UNIQUE("provider","uid")
);
--> statement-breakpoint
ALTER TABLE "ceremonies" ADD COLUMN "pending_connection" jsonb;--> statement-breakpoint
ALTER TABLE "connections" ADD CONSTRAINT "connections_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "connections_user_id" ON "connections" USING btree ("user_id");