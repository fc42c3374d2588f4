ALTER TABLE "pending_registrations" ADD COLUMN "is_shadow" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "pending_registrations" ADD COLUMN "browser" text;--> statement-breakpoint
ALTER TABLE "pending_registrations" ADD COLUMN "os" text;--> statement-breakpoint
ALTER TABLE "pending_registrations" ADD COLUMN "network" text;