CREATE TABLE "forum_followers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"about_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"follow_id" text NOT NULL,
	"inbox" text NOT NULL,
	"shared_inbox" text,
	"handle" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forum_tellings" (
	"post_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"due_at" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"told" jsonb,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bell_calls" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"moment" text NOT NULL,
	"once" text NOT NULL,
	"conversation_id" uuid,
	"message_id" uuid,
	"account_id" uuid,
	"ways" jsonb NOT NULL,
	"count" integer DEFAULT 1 NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"ring_at" timestamp (3) with time zone,
	"mail_at" timestamp (3) with time zone,
	"rung_at" timestamp (3) with time zone,
	"seen_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bell_devices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"endpoint_hash" text NOT NULL,
	"subscription" jsonb NOT NULL,
	"name" text NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	"heard_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "bell_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"public_key" text NOT NULL,
	"private_key" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bell_looks" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "bell_looks_workspace_id_member_id_conversation_id_pk" PRIMARY KEY("workspace_id","member_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "bell_pushes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"call_id" uuid NOT NULL,
	"device_id" uuid NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"because" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"wake_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "spam_words" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"word" text NOT NULL,
	"spam" integer DEFAULT 0 NOT NULL,
	"fine" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "spam_words_workspace_id_word_pk" PRIMARY KEY("workspace_id","word")
);
--> statement-breakpoint
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
ALTER TABLE "chat_visitors" ADD COLUMN "mail_ref" text;--> statement-breakpoint
ALTER TABLE "forum_posts" ADD COLUMN "outside" jsonb;--> statement-breakpoint
ALTER TABLE "forum_posts" ADD COLUMN "under_id" uuid;--> statement-breakpoint
ALTER TABLE "forum_posts" ADD COLUMN "spoken_in" uuid;--> statement-breakpoint
ALTER TABLE "forum_topics" ADD COLUMN "tagged" tsvector GENERATED ALWAYS AS (array_to_tsvector("tags")) STORED;--> statement-breakpoint
ALTER TABLE "answer_drafts" ADD COLUMN "files" jsonb;--> statement-breakpoint
ALTER TABLE "bells" ADD COLUMN "wishes" jsonb;--> statement-breakpoint
ALTER TABLE "bells" ADD COLUMN "quiet_days" jsonb;--> statement-breakpoint
ALTER TABLE "bells" ADD COLUMN "mail_after" integer DEFAULT 15 NOT NULL;--> statement-breakpoint
ALTER TABLE "bells" ADD COLUMN "with_words" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "held_signs" jsonb;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "taught_as" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "appeal" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "appealed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "copies" jsonb;--> statement-breakpoint
ALTER TABLE "forum_tellings" ADD CONSTRAINT "forum_tellings_post_id_forum_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."forum_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_calls" ADD CONSTRAINT "bell_calls_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_calls" ADD CONSTRAINT "bell_calls_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_looks" ADD CONSTRAINT "bell_looks_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_pushes" ADD CONSTRAINT "bell_pushes_call_id_bell_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."bell_calls"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bell_pushes" ADD CONSTRAINT "bell_pushes_device_id_bell_devices_id_fk" FOREIGN KEY ("device_id") REFERENCES "public"."bell_devices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "forum_followers_once" ON "forum_followers" USING btree ("about_id","actor");--> statement-breakpoint
CREATE INDEX "forum_followers_actor" ON "forum_followers" USING btree ("workspace_id","actor");--> statement-breakpoint
CREATE INDEX "forum_tellings_due" ON "forum_tellings" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "bell_calls_once" ON "bell_calls" USING btree ("workspace_id","member_id","once");--> statement-breakpoint
CREATE INDEX "bell_calls_of" ON "bell_calls" USING btree ("workspace_id","member_id","at");--> statement-breakpoint
CREATE INDEX "bell_calls_held" ON "bell_calls" USING btree ("ring_at") WHERE ring_at is not null;--> statement-breakpoint
CREATE INDEX "bell_calls_mail" ON "bell_calls" USING btree ("mail_at") WHERE mail_at is not null;--> statement-breakpoint
CREATE INDEX "bell_calls_unseen" ON "bell_calls" USING btree ("workspace_id","member_id","conversation_id") WHERE seen_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "bell_devices_endpoint" ON "bell_devices" USING btree ("workspace_id","endpoint_hash");--> statement-breakpoint
CREATE INDEX "bell_devices_of" ON "bell_devices" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bell_keys_of" ON "bell_keys" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "bell_pushes_once" ON "bell_pushes" USING btree ("call_id","device_id");--> statement-breakpoint
CREATE INDEX "bell_pushes_due" ON "bell_pushes" USING btree ("wake_at") WHERE wake_at is not null;--> statement-breakpoint
CREATE INDEX "inbox_rules_order" ON "inbox_rules" USING btree ("workspace_id","place");--> statement-breakpoint
CREATE INDEX "macros_of" ON "macros" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "rule_runs_once" ON "rule_runs" USING btree ("workspace_id","rule_id","conversation_id","subject");--> statement-breakpoint
CREATE INDEX "rule_runs_conversation" ON "rule_runs" USING btree ("workspace_id","conversation_id","at");--> statement-breakpoint
CREATE INDEX "rule_runs_rule" ON "rule_runs" USING btree ("workspace_id","rule_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "forum_posts_outside" ON "forum_posts" USING btree ("workspace_id",(outside->>'id')) WHERE outside is not null;--> statement-breakpoint
CREATE INDEX "forum_posts_outside_by" ON "forum_posts" USING btree ("workspace_id",(outside->>'by'),"at") WHERE outside is not null;--> statement-breakpoint
CREATE INDEX "forum_topics_waiting" ON "forum_topics" USING btree ("workspace_id","moved_at","id") WHERE state = 'shown' and merged_into is null and answers = 0 and locked_at is null;--> statement-breakpoint
CREATE INDEX "forum_topics_pinned" ON "forum_topics" USING btree ("category_id","pinned_at") WHERE pinned_at is not null;--> statement-breakpoint
CREATE INDEX "forum_topics_tagged" ON "forum_topics" USING gin ("tagged") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "conversations_to_do" ON "conversations" USING btree ("workspace_id","last_message_at","id") WHERE state <> 'done';--> statement-breakpoint
CREATE INDEX "conversations_to_do_of" ON "conversations" USING btree ("workspace_id","assignee_id","last_message_at","id") WHERE state <> 'done';