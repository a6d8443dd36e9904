CREATE TABLE "webmentions_in" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"source" text NOT NULL,
	"target" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"stands" boolean DEFAULT false NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"last_word" text,
	"author" jsonb,
	"does" text
);
--> statement-breakpoint
CREATE TABLE "webmentions_out" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"publication_key" uuid NOT NULL,
	"source" text NOT NULL,
	"target" text NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"wording" text NOT NULL,
	"linked" boolean DEFAULT true NOT NULL,
	"endpoint" text,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"last_word" text
);
--> statement-breakpoint
CREATE TABLE "account_cursors" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"cursor" jsonb,
	"held_by" uuid,
	"held_until" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone,
	"tried_at" timestamp (3) with time zone,
	"answered_at" timestamp (3) with time zone,
	"failures" integer DEFAULT 0 NOT NULL,
	"trouble" text,
	"trouble_since" timestamp (3) with time zone,
	"first_heard_at" timestamp (3) with time zone,
	"heard_count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_logins" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"member_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid,
	"keep" jsonb NOT NULL,
	"until" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "link_cards" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"key" text NOT NULL,
	"url" text NOT NULL,
	"card" jsonb NOT NULL,
	"dead" boolean NOT NULL,
	"read_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "link_cards_workspace_id_key_pk" PRIMARY KEY("workspace_id","key")
);
--> statement-breakpoint
CREATE TABLE "link_clicks" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"link_id" uuid NOT NULL,
	"day" date NOT NULL,
	"clicks" integer DEFAULT 0 NOT NULL,
	"bots" integer DEFAULT 0 NOT NULL,
	"told" integer DEFAULT 0 NOT NULL,
	"told_at" timestamp (3) with time zone,
	CONSTRAINT "link_clicks_workspace_id_link_id_day_pk" PRIMARY KEY("workspace_id","link_id","day")
);
--> statement-breakpoint
CREATE TABLE "short_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"code" text NOT NULL,
	"target" text NOT NULL,
	"post_id" uuid,
	"campaign_id" uuid,
	"made_by" uuid,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "media_policies" (
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"max_picture_bytes" integer NOT NULL,
	"max_video_bytes" integer NOT NULL,
	CONSTRAINT "media_policies_workspace_id_pk" PRIMARY KEY("workspace_id")
);
--> statement-breakpoint
CREATE TABLE "uploads" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"size" bigint NOT NULL,
	"member_id" uuid NOT NULL,
	"done_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"touched_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "approval_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"deed" text NOT NULL,
	"member_id" uuid,
	"link_id" uuid,
	"name" text,
	"note" text DEFAULT '' NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "post_comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"thread_id" uuid,
	"member_id" uuid NOT NULL,
	"text" text NOT NULL,
	"quote" text DEFAULT '' NOT NULL,
	"mentions" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" uuid
);
--> statement-breakpoint
CREATE TABLE "post_versions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by_id" uuid,
	"why" text NOT NULL,
	"words" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "publishing_policies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"approval" text DEFAULT 'none' NOT NULL,
	"links_count" boolean DEFAULT false NOT NULL,
	"alt_text" text DEFAULT 'required' NOT NULL,
	"late" jsonb,
	"duplicate_days" integer DEFAULT 30 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "review_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"for_whom" text DEFAULT '' NOT NULL,
	"made_by" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "account_gates" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"closed_until" timestamp (3) with time zone,
	"because" text,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "epochs" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"epoch" uuid NOT NULL,
	"began" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pauses" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"by" uuid,
	"reason" text NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" uuid
);
--> statement-breakpoint
CREATE TABLE "calendar_links" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "feed_rules" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"feed_account_id" uuid NOT NULL,
	"does" text NOT NULL,
	"account_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"template" text NOT NULL,
	"lang" text NOT NULL,
	"intent" text DEFAULT 'give' NOT NULL,
	"campaign_id" uuid,
	"author_id" uuid NOT NULL,
	"on" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "paused_posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"by" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"rule" text NOT NULL,
	"start_wall" text NOT NULL,
	"zone" text NOT NULL,
	"exdates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"rdates" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"template" jsonb NOT NULL,
	"reasons" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"author_id" uuid NOT NULL,
	"state" text DEFAULT 'on' NOT NULL,
	"after_id" uuid,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "series_occurrences" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"series_id" uuid NOT NULL,
	"wall" text NOT NULL,
	"skipped" boolean DEFAULT false NOT NULL,
	"post_id" uuid,
	"made_version" integer,
	"because" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "shelf_places" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid NOT NULL,
	"place" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slots" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"weekday" integer NOT NULL,
	"time" text NOT NULL,
	"zone" text NOT NULL,
	"intent" text,
	"campaign_id" uuid
);
--> statement-breakpoint
CREATE TABLE "taken_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"source" text NOT NULL,
	"key" text NOT NULL,
	"post_id" uuid,
	"because" text,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "undos" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"steps" jsonb NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "publications_unsettled";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "remote_id" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "ends_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "removed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "told_light" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "told_ending" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "animated" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "seconds" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "codec" text;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "focus_x" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "focus_y" real;--> statement-breakpoint
ALTER TABLE "media" ADD COLUMN "made_for" text;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "thread" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "first_comment" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "variants" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "labels" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "card" jsonb;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "late" jsonb;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "again_of" uuid;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "words_by" uuid;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "words_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "posts" ADD COLUMN "proposal" jsonb;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "key" uuid;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "hash" text;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "lease_no" integer;--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "change_asked_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "change_because" text;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "change_alerted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "draft" jsonb;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "prepared_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "part" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "parent_id" uuid;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "more" jsonb;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "late" jsonb;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "wake_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "lease_owner" text;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "lease_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "lease_no" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "unsure_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "looks" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "approvals" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "approved_by" uuid;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "alerted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "read_back_due" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "read_back_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "publications" ADD COLUMN "read_backs" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "campaigns" ADD COLUMN "zone" text;--> statement-breakpoint
ALTER TABLE "link_clicks" ADD CONSTRAINT "link_clicks_link_id_short_links_id_fk" FOREIGN KEY ("link_id") REFERENCES "public"."short_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "series_occurrences" ADD CONSTRAINT "series_occurrences_series_id_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."series"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "webmentions_in_once" ON "webmentions_in" USING btree ("workspace_id","source","target");--> statement-breakpoint
CREATE INDEX "webmentions_in_due" ON "webmentions_in" USING btree ("state","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webmentions_out_once" ON "webmentions_out" USING btree ("workspace_id","source","target");--> statement-breakpoint
CREATE INDEX "webmentions_out_due" ON "webmentions_out" USING btree ("state","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "account_logins_state" ON "account_logins" USING btree ("state_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "short_links_code" ON "short_links" USING btree ("code");--> statement-breakpoint
CREATE INDEX "short_links_post" ON "short_links" USING btree ("workspace_id","post_id");--> statement-breakpoint
CREATE INDEX "short_links_campaign" ON "short_links" USING btree ("workspace_id","campaign_id");--> statement-breakpoint
CREATE INDEX "uploads_touched" ON "uploads" USING btree ("workspace_id","touched_at");--> statement-breakpoint
CREATE UNIQUE INDEX "approval_steps_number" ON "approval_steps" USING btree ("post_id","number");--> statement-breakpoint
CREATE INDEX "post_comments_post" ON "post_comments" USING btree ("post_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "post_versions_number" ON "post_versions" USING btree ("post_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "publishing_policies_one" ON "publishing_policies" USING btree ("workspace_id");--> statement-breakpoint
CREATE UNIQUE INDEX "review_links_token" ON "review_links" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "review_links_post" ON "review_links" USING btree ("post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "pauses_one" ON "pauses" USING btree ("workspace_id") WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX "calendar_links_of" ON "calendar_links" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE INDEX "feed_rules_of" ON "feed_rules" USING btree ("workspace_id","feed_account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "paused_posts_once" ON "paused_posts" USING btree ("workspace_id","post_id");--> statement-breakpoint
CREATE INDEX "series_of" ON "series" USING btree ("workspace_id","state");--> statement-breakpoint
CREATE UNIQUE INDEX "series_occurrences_once" ON "series_occurrences" USING btree ("workspace_id","series_id","wall");--> statement-breakpoint
CREATE INDEX "series_occurrences_post" ON "series_occurrences" USING btree ("workspace_id","post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shelf_places_once" ON "shelf_places" USING btree ("workspace_id","post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "slots_once" ON "slots" USING btree ("workspace_id","account_id","weekday","time","zone");--> statement-breakpoint
CREATE UNIQUE INDEX "taken_items_once" ON "taken_items" USING btree ("workspace_id","source","key");--> statement-breakpoint
CREATE INDEX "taken_items_post" ON "taken_items" USING btree ("workspace_id","post_id");--> statement-breakpoint
CREATE INDEX "undos_until" ON "undos" USING btree ("workspace_id","until");--> statement-breakpoint
CREATE INDEX "attempts_pace" ON "attempts" USING btree ("account_id","started_at");--> statement-breakpoint
CREATE INDEX "publications_wake" ON "publications" USING btree ("wake_at") WHERE wake_at is not null;--> statement-breakpoint
CREATE INDEX "publications_read_back" ON "publications" USING btree ("read_back_due") WHERE read_back_due is not null;--> statement-breakpoint
CREATE INDEX "publications_parent" ON "publications" USING btree ("parent_id") WHERE parent_id is not null;--> statement-breakpoint
CREATE INDEX "publications_open" ON "publications" USING btree ("workspace_id","deadline") WHERE state not in ('confirmed', 'refused', 'cancelled', 'gone');
--> statement-breakpoint
select set_config('stoa.workspace', '*', true);
--> statement-breakpoint
update publications set wake_at = due_at where state in ('scheduled', 'retry-wait');
--> statement-breakpoint
update publications set wake_at = now() where state in ('sending', 'unknown') or pending is not null;
--> statement-breakpoint
update publications set prepared_at = written_at where state in ('confirmed', 'gone', 'refused', 'cancelled');
--> statement-breakpoint
update attempts a set account_id = p.account_id, key = p.key, hash = p.wire_hash from publications p where p.id = a.publication_id;
--> statement-breakpoint
update publications set unsure_since = coalesce(first_tried_at, due_at) where (state = 'unknown' or (state = 'needs-person' and because = 'outcome-unknown')) and unsure_since is null;
--> statement-breakpoint
update publications set change_asked_at = now() where pending is not null;
--> statement-breakpoint
CREATE FUNCTION stoa_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ begin raise exception 'What was kept is not changed.'; end $$;
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE ON "post_versions" FOR EACH ROW EXECUTE FUNCTION stoa_append_only();
--> statement-breakpoint
CREATE TRIGGER append_only BEFORE UPDATE ON "approval_steps" FOR EACH ROW EXECUTE FUNCTION stoa_append_only();
