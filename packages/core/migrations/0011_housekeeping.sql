CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"holder" uuid,
	"held_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"name" text PRIMARY KEY NOT NULL,
	"position" jsonb,
	"began_at" timestamp with time zone,
	"swept_at" timestamp with time zone,
	"next_at" timestamp with time zone,
	"purged" bigint DEFAULT 0 NOT NULL
);
