CREATE TABLE "chat_lines" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"visitor_id" uuid NOT NULL,
	"seq" integer NOT NULL,
	"key" uuid NOT NULL,
	"from" text NOT NULL,
	"root" text NOT NULL,
	"text" text NOT NULL,
	"html" text,
	"lang" text,
	"author_name" text,
	"author_picture" text,
	"files" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "chat_visitors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"sub" text,
	"name" text,
	"email" text,
	"lang" text,
	"seq" integer DEFAULT 0 NOT NULL,
	"read_seq" integer DEFAULT 0 NOT NULL,
	"mailed_seq" integer DEFAULT 0 NOT NULL,
	"root" text,
	"rated" smallint,
	"into" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forum_categories" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"slug" text NOT NULL,
	"name_en" text NOT NULL,
	"name_el" text NOT NULL,
	"about_en" text DEFAULT '' NOT NULL,
	"about_el" text DEFAULT '' NOT NULL,
	"place" integer DEFAULT 0 NOT NULL,
	"topics" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forum_drafts" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"place" text NOT NULL,
	"typed" jsonb NOT NULL,
	"saved_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "forum_drafts_person_id_place_pk" PRIMARY KEY("person_id","place")
);
--> statement-breakpoint
CREATE TABLE "forum_flags" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"says" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone,
	"upheld" text
);
--> statement-breakpoint
CREATE TABLE "forum_follows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"email" text NOT NULL,
	"lang" text NOT NULL,
	"about" text NOT NULL,
	"about_id" uuid NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "forum_old_names" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"slug" text NOT NULL,
	"category_id" uuid NOT NULL,
	CONSTRAINT "forum_old_names_workspace_id_slug_pk" PRIMARY KEY("workspace_id","slug")
);
--> statement-breakpoint
CREATE TABLE "forum_people" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"known" text NOT NULL,
	"email" text,
	"passphrase" text,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"last_day" text,
	"days" integer DEFAULT 0 NOT NULL,
	"posts" integer DEFAULT 0 NOT NULL,
	"thanked" integer DEFAULT 0 NOT NULL,
	"accepted" integer DEFAULT 0 NOT NULL,
	"rulings" integer DEFAULT 0 NOT NULL,
	"ruled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "forum_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"topic_id" uuid NOT NULL,
	"person_id" uuid,
	"member_id" text,
	"author_name" text NOT NULL,
	"picture" text,
	"sign_off" text,
	"markdown" text NOT NULL,
	"html" text NOT NULL,
	"lang" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"edited_at" timestamp (3) with time zone,
	"state" text DEFAULT 'shown' NOT NULL,
	"held_because" text,
	"thanks" integer DEFAULT 0 NOT NULL,
	"search" tsvector GENERATED ALWAYS AS (to_tsvector('public.stoa', "markdown")) STORED
);
--> statement-breakpoint
CREATE TABLE "forum_rulings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"ruled" text NOT NULL,
	"reason" text NOT NULL,
	"member_id" uuid NOT NULL,
	"member_name" text NOT NULL,
	"flagged" integer DEFAULT 0 NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	"appeal" text,
	"appealed_at" timestamp (3) with time zone,
	"answer" text,
	"answer_reason" text,
	"answered_by" uuid,
	"answered_name" text,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "forum_sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "forum_thanks" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "forum_thanks_post_id_person_id_pk" PRIMARY KEY("post_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "forum_topics" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"category_id" uuid NOT NULL,
	"code" text NOT NULL,
	"slug" text NOT NULL,
	"title" text NOT NULL,
	"lang" text NOT NULL,
	"person_id" uuid,
	"author_name" text NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"moved_at" timestamp (3) with time zone NOT NULL,
	"opener_id" uuid NOT NULL,
	"answers" integer DEFAULT 0 NOT NULL,
	"accepted_id" uuid,
	"accepted_by" text,
	"state" text DEFAULT 'shown' NOT NULL,
	"locked_at" timestamp (3) with time zone,
	"pinned_at" timestamp (3) with time zone,
	"merged_into" uuid,
	"search" tsvector GENERATED ALWAYS AS (to_tsvector('public.stoa', "title")) STORED
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"words" text NOT NULL,
	"lang" text NOT NULL,
	"source" text NOT NULL,
	"given_at" timestamp (3) with time zone NOT NULL,
	"member_id" uuid,
	"withdrawn_at" timestamp (3) with time zone,
	"withdrawn_by" text
);
--> statement-breakpoint
CREATE TABLE "contact_merges" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"into_id" uuid NOT NULL,
	"from_id" uuid NOT NULL,
	"moved" jsonb NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"member_id" uuid,
	"undone_at" timestamp (3) with time zone,
	"undone_by" uuid
);
--> statement-breakpoint
CREATE TABLE "contacts_apart" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"one_id" uuid NOT NULL,
	"other_id" uuid NOT NULL,
	"member_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "erased_refs" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"digest" text NOT NULL,
	CONSTRAINT "erased_refs_workspace_id_digest_pk" PRIMARY KEY("workspace_id","digest")
);
--> statement-breakpoint
CREATE TABLE "erasures" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"signs" jsonb,
	"counts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"elsewhere" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"member_id" uuid,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"receipt" jsonb
);
--> statement-breakpoint
CREATE TABLE "bells" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"calls" text DEFAULT 'none' NOT NULL,
	"sound" boolean DEFAULT false NOT NULL,
	"quiet_from" integer,
	"quiet_to" integer
);
--> statement-breakpoint
CREATE TABLE "bulk_acts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "commented_pages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"url" text NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversation_moves" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"kind" text NOT NULL,
	"from_id" uuid NOT NULL,
	"into_id" uuid NOT NULL,
	"message_ids" jsonb NOT NULL,
	"state" text NOT NULL,
	"member_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"undone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "conversation_reads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"seen_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversation_tallies" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"view" text NOT NULL,
	"steps" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"by_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "openers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid,
	"name" text NOT NULL,
	"text" text NOT NULL,
	"lang" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "saved_filters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid,
	"name" text NOT NULL,
	"line" text NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "away_periods" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"from_at" timestamp (3) with time zone NOT NULL,
	"to_at" timestamp (3) with time zone NOT NULL,
	"note" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "days_off" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"date" text NOT NULL,
	"name" text NOT NULL,
	"from_minute" integer DEFAULT 0 NOT NULL,
	"to_minute" integer DEFAULT 1440 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "member_hours" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"hours" jsonb NOT NULL,
	"zone" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"type" text NOT NULL,
	"bytes" integer NOT NULL,
	"width" integer,
	"height" integer,
	"sha256" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "answer_follows" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"contact_id" uuid,
	"email" text NOT NULL,
	"lang" text NOT NULL,
	"place" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"confirmed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "letter_stops" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"to_address" text NOT NULL,
	"about_kind" text NOT NULL,
	"about_id" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "letter_stops_workspace_id_to_address_about_kind_about_id_pk" PRIMARY KEY("workspace_id","to_address","about_kind","about_id")
);
--> statement-breakpoint
CREATE TABLE "letters" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"to_address" text NOT NULL,
	"to_name" text DEFAULT '' NOT NULL,
	"lang" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"about_kind" text NOT NULL,
	"about_id" text NOT NULL,
	"reply_to" text,
	"in_reply_to" text,
	"stoppable" boolean DEFAULT true NOT NULL,
	"once" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"because" text,
	"account_id" uuid,
	"wire" jsonb,
	"remote_id" text,
	"written_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"wake_at" timestamp (3) with time zone,
	"lease_until" timestamp (3) with time zone,
	"tries" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "answer_targets" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"channel" text DEFAULT '' NOT NULL,
	"priority" text DEFAULT '' NOT NULL,
	"first_minutes" integer NOT NULL,
	"next_minutes" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"way" text NOT NULL,
	"says" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "routings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"ways" jsonb NOT NULL,
	"on_duty_only" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
DROP INDEX "publications_remote";--> statement-breakpoint
DROP INDEX "publications_post";--> statement-breakpoint
DROP INDEX "publications_message";--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "contacts" ADD COLUMN "erased_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "merged_into" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "page_id" uuid;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "due_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "due_for" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "missed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "routed_for" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "rating" integer;--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "rating_text" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "folded" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "automatic" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "ruled_because" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "by_hand" text;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "attachments" jsonb;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "warning" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "forum_drafts" ADD CONSTRAINT "forum_drafts_person_id_forum_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."forum_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_flags" ADD CONSTRAINT "forum_flags_post_id_forum_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."forum_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_flags" ADD CONSTRAINT "forum_flags_person_id_forum_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."forum_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_old_names" ADD CONSTRAINT "forum_old_names_category_id_forum_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."forum_categories"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_posts" ADD CONSTRAINT "forum_posts_topic_id_forum_topics_id_fk" FOREIGN KEY ("topic_id") REFERENCES "public"."forum_topics"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_rulings" ADD CONSTRAINT "forum_rulings_post_id_forum_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."forum_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_sessions" ADD CONSTRAINT "forum_sessions_person_id_forum_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."forum_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_thanks" ADD CONSTRAINT "forum_thanks_post_id_forum_posts_id_fk" FOREIGN KEY ("post_id") REFERENCES "public"."forum_posts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_thanks" ADD CONSTRAINT "forum_thanks_person_id_forum_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."forum_people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "forum_topics" ADD CONSTRAINT "forum_topics_category_id_forum_categories_id_fk" FOREIGN KEY ("category_id") REFERENCES "public"."forum_categories"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conversation_reads" ADD CONSTRAINT "conversation_reads_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "chat_lines_order" ON "chat_lines" USING btree ("workspace_id","visitor_id","seq");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_lines_once" ON "chat_lines" USING btree ("workspace_id","visitor_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "chat_visitors_sub" ON "chat_visitors" USING btree ("workspace_id","account_id","sub");--> statement-breakpoint
CREATE INDEX "chat_visitors_root" ON "chat_visitors" USING btree ("workspace_id","root");--> statement-breakpoint
CREATE UNIQUE INDEX "forum_categories_slug" ON "forum_categories" USING btree ("workspace_id","slug");--> statement-breakpoint
CREATE UNIQUE INDEX "forum_flags_once" ON "forum_flags" USING btree ("post_id","person_id");--> statement-breakpoint
CREATE INDEX "forum_flags_open" ON "forum_flags" USING btree ("workspace_id","at") WHERE settled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "forum_follows_once" ON "forum_follows" USING btree ("workspace_id","email","about_id");--> statement-breakpoint
CREATE INDEX "forum_follows_of" ON "forum_follows" USING btree ("about_id");--> statement-breakpoint
CREATE UNIQUE INDEX "forum_people_known" ON "forum_people" USING btree ("workspace_id","known");--> statement-breakpoint
CREATE UNIQUE INDEX "forum_people_email" ON "forum_people" USING btree ("workspace_id","email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "forum_posts_topic" ON "forum_posts" USING btree ("topic_id","at","id");--> statement-breakpoint
CREATE INDEX "forum_posts_recent" ON "forum_posts" USING btree ("workspace_id","at");--> statement-breakpoint
CREATE INDEX "forum_posts_person" ON "forum_posts" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "forum_posts_search" ON "forum_posts" USING gin ("search") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "forum_rulings_person" ON "forum_rulings" USING btree ("workspace_id","person_id","at");--> statement-breakpoint
CREATE INDEX "forum_rulings_post" ON "forum_rulings" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "forum_rulings_appeals" ON "forum_rulings" USING btree ("workspace_id","appealed_at") WHERE appealed_at is not null and answered_at is null;--> statement-breakpoint
CREATE INDEX "forum_sessions_until" ON "forum_sessions" USING btree ("until");--> statement-breakpoint
CREATE UNIQUE INDEX "forum_topics_code" ON "forum_topics" USING btree ("workspace_id","code");--> statement-breakpoint
CREATE INDEX "forum_topics_recent" ON "forum_topics" USING btree ("workspace_id","moved_at","id") WHERE state = 'shown' and merged_into is null;--> statement-breakpoint
CREATE INDEX "forum_topics_category" ON "forum_topics" USING btree ("category_id","moved_at","id") WHERE state = 'shown' and merged_into is null;--> statement-breakpoint
CREATE INDEX "forum_topics_tags" ON "forum_topics" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "forum_topics_search" ON "forum_topics" USING gin ("search") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "consents_of" ON "consents" USING btree ("workspace_id","contact_id","purpose");--> statement-breakpoint
CREATE INDEX "contact_merges_into" ON "contact_merges" USING btree ("workspace_id","into_id");--> statement-breakpoint
CREATE INDEX "contact_merges_from" ON "contact_merges" USING btree ("workspace_id","from_id");--> statement-breakpoint
CREATE UNIQUE INDEX "contacts_apart_once" ON "contacts_apart" USING btree ("workspace_id","one_id","other_id");--> statement-breakpoint
CREATE INDEX "contacts_apart_other" ON "contacts_apart" USING btree ("workspace_id","other_id");--> statement-breakpoint
CREATE UNIQUE INDEX "erasures_of" ON "erasures" USING btree ("workspace_id","contact_id");--> statement-breakpoint
CREATE INDEX "erasures_running" ON "erasures" USING btree ("state") WHERE state = 'running';--> statement-breakpoint
CREATE UNIQUE INDEX "bells_of" ON "bells" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "commented_pages_once" ON "commented_pages" USING btree ("workspace_id","account_id","url");--> statement-breakpoint
CREATE INDEX "conversation_moves_into" ON "conversation_moves" USING btree ("workspace_id","into_id");--> statement-breakpoint
CREATE INDEX "conversation_moves_from" ON "conversation_moves" USING btree ("workspace_id","from_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversation_reads_of" ON "conversation_reads" USING btree ("workspace_id","member_id","conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_reads_at" ON "conversation_reads" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "conversation_tallies_of" ON "conversation_tallies" USING btree ("workspace_id","view");--> statement-breakpoint
CREATE UNIQUE INDEX "notices_once" ON "notices" USING btree ("workspace_id","member_id","message_id");--> statement-breakpoint
CREATE INDEX "notices_unread" ON "notices" USING btree ("workspace_id","member_id","conversation_id");--> statement-breakpoint
CREATE INDEX "openers_of" ON "openers" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE INDEX "saved_filters_of" ON "saved_filters" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE INDEX "away_periods_of" ON "away_periods" USING btree ("workspace_id","member_id","to_at");--> statement-breakpoint
CREATE UNIQUE INDEX "days_off_date" ON "days_off" USING btree ("workspace_id","date");--> statement-breakpoint
CREATE UNIQUE INDEX "member_hours_of" ON "member_hours" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE INDEX "files_by" ON "files" USING btree ("workspace_id","by");--> statement-breakpoint
CREATE UNIQUE INDEX "answer_follows_once" ON "answer_follows" USING btree ("workspace_id","message_id","email");--> statement-breakpoint
CREATE INDEX "answer_follows_of" ON "answer_follows" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "letters_due" ON "letters" USING btree ("wake_at") WHERE wake_at is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "letters_once" ON "letters" USING btree ("workspace_id","once");--> statement-breakpoint
CREATE INDEX "letters_remote" ON "letters" USING btree ("workspace_id","remote_id");--> statement-breakpoint
CREATE UNIQUE INDEX "answer_targets_of" ON "answer_targets" USING btree ("workspace_id","channel","priority");--> statement-breakpoint
CREATE INDEX "assignments_conversation" ON "assignments" USING btree ("workspace_id","conversation_id","at");--> statement-breakpoint
CREATE INDEX "assignments_turns" ON "assignments" USING btree ("workspace_id","member_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "routings_one" ON "routings" USING btree ("workspace_id");--> statement-breakpoint
CREATE INDEX "contacts_email" ON "contacts" USING btree ("workspace_id","email") WHERE email is not null;--> statement-breakpoint
CREATE INDEX "contacts_merged" ON "contacts" USING btree ("merged_into") WHERE merged_into is not null;--> statement-breakpoint
CREATE INDEX "identities_handle" ON "identities" USING btree ("workspace_id","handle") WHERE handle <> '';--> statement-breakpoint
CREATE INDEX "identities_url" ON "identities" USING btree ("workspace_id","url") WHERE url is not null;--> statement-breakpoint
CREATE INDEX "conversations_due" ON "conversations" USING btree ("workspace_id","due_at","id") WHERE due_at is not null and waiting_since is not null;--> statement-breakpoint
CREATE INDEX "conversations_campaign" ON "conversations" USING btree ("workspace_id","campaign_id","last_message_at","id") WHERE campaign_id is not null;--> statement-breakpoint
CREATE INDEX "conversations_lang" ON "conversations" USING btree ("workspace_id","lang","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_snoozed" ON "conversations" USING btree ("workspace_id","snoozed_until") WHERE state = 'snoozed';--> statement-breakpoint
CREATE INDEX "conversations_tags" ON "conversations" USING gin ("tags" jsonb_path_ops) WHERE tags <> '[]'::jsonb;--> statement-breakpoint
CREATE INDEX "conversations_page" ON "conversations" USING btree ("page_id") WHERE page_id is not null;--> statement-breakpoint
CREATE INDEX "messages_contact" ON "messages" USING btree ("workspace_id","contact_id","heard_at") WHERE contact_id is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "publications_remote" ON "publications" USING btree ("workspace_id","account_id","remote_id") WHERE remote_id is not null;--> statement-breakpoint
CREATE INDEX "publications_post" ON "publications" USING btree ("post_id") WHERE post_id is not null;--> statement-breakpoint
CREATE INDEX "publications_message" ON "publications" USING btree ("message_id") WHERE message_id is not null;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION stoa_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ begin
  if current_setting('stoa.erasing', true) = 'on' then return new; end if;
  raise exception 'What was kept is not changed.';
end $$;
--> statement-breakpoint
CREATE FUNCTION stoa_views_of(c conversations) RETURNS SETOF text LANGUAGE sql IMMUTABLE AS $$
  select 'all' where c.message_count > 0 and c.state <> 'done'
  union all select 'mine:' || c.assignee_id::text where c.message_count > 0 and c.state = 'open' and c.assignee_id is not null
  union all select 'unassigned' where c.message_count > 0 and c.state = 'open' and c.assignee_id is null
  union all select 'waiting' where c.state = 'open' and c.waiting_since is not null
  union all select 'held' where c.held > 0
$$;
--> statement-breakpoint
CREATE FUNCTION stoa_fold_tallies() RETURNS void LANGUAGE sql AS $$
  with gone as (delete from conversation_tallies where ctid in (select ctid from conversation_tallies limit 4096 for update skip locked) returning workspace_id, view, steps)
  insert into conversation_tallies (workspace_id, view, steps) select workspace_id, view, sum(steps) from gone group by 1, 2 having sum(steps) <> 0
$$;
--> statement-breakpoint
CREATE FUNCTION stoa_tally() RETURNS trigger LANGUAGE plpgsql AS $$ begin
  if tg_op = 'INSERT' then
    insert into conversation_tallies (workspace_id, view, steps) select n.workspace_id, v, count(*) from came n, stoa_views_of(n) v group by 1, 2;
  elsif tg_op = 'DELETE' then
    insert into conversation_tallies (workspace_id, view, steps) select o.workspace_id, v, -count(*) from went o, stoa_views_of(o) v group by 1, 2;
  else
    insert into conversation_tallies (workspace_id, view, steps) select w, v, sum(s) from (
      select n.workspace_id w, v, 1 s from came n, stoa_views_of(n) v union all select o.workspace_id, v, -1 from went o, stoa_views_of(o) v
    ) steps group by 1, 2 having sum(s) <> 0;
  end if;
  if random() < 0.01 then perform stoa_fold_tallies(); end if;
  return null;
end $$;
--> statement-breakpoint
CREATE TRIGGER tally_came AFTER INSERT ON "conversations" REFERENCING NEW TABLE AS came FOR EACH STATEMENT EXECUTE FUNCTION stoa_tally();
--> statement-breakpoint
CREATE TRIGGER tally_went AFTER DELETE ON "conversations" REFERENCING OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION stoa_tally();
--> statement-breakpoint
CREATE TRIGGER tally_changed AFTER UPDATE ON "conversations" REFERENCING NEW TABLE AS came OLD TABLE AS went FOR EACH STATEMENT EXECUTE FUNCTION stoa_tally();
--> statement-breakpoint
select set_config('stoa.workspace', '*', true);
--> statement-breakpoint
insert into conversation_tallies (workspace_id, view, steps) select c.workspace_id, v, count(*) from conversations c, stoa_views_of(c) v group by 1, 2;
