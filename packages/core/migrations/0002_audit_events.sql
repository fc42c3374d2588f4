CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"actor" text NOT NULL,
	"actor_id" uuid,
	"kind" text NOT NULL,
	"session_id" uuid,
	"ip" text,
	"browser" text,
	"os" text,
	"device" text,
	"details" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "audit_events_user_id" ON "audit_events" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "audit_events_staff" ON "audit_events" USING btree ("actor_id") WHERE "audit_events"."actor" = 'staff';--> statement-breakpoint
CREATE INDEX "audit_events_created_at" ON "audit_events" USING brin ("created_at");