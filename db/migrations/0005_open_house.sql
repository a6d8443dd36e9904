CREATE TABLE "inbox_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"place" integer NOT NULL,
	"when" jsonb NOT NULL,
	"line" text DEFAULT '' NOT NULL,
	"acts" jsonb NOT NULL,
	"paused_at" timestamp (3) with time zone,
	"paused_because" text,
	"since" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"made_by" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "macros" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid,
	"name" text NOT NULL,
	"acts" jsonb NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rule_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"rule_id" uuid NOT NULL,
	"rule_name" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"subject" text NOT NULL,
	"did" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "inbox_rules_order" ON "inbox_rules" USING btree ("workspace_id","place");--> statement-breakpoint
CREATE INDEX "macros_of" ON "macros" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_runs_once" ON "rule_runs" USING btree ("workspace_id","rule_id","conversation_id","subject");--> statement-breakpoint
CREATE INDEX "rule_runs_conversation" ON "rule_runs" USING btree ("workspace_id","conversation_id","at");--> statement-breakpoint
CREATE INDEX "rule_runs_rule" ON "rule_runs" USING btree ("workspace_id","rule_id","at");--> statement-breakpoint
CREATE INDEX "forum_topics_waiting" ON "forum_topics" USING btree ("workspace_id","moved_at","id") WHERE state = 'shown' and merged_into is null and answers = 0 and locked_at is null;