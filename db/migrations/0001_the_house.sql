CREATE TABLE "fediverse_cache" (
	"key" text[] PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"expires" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "fediverse_deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"activity" text NOT NULL,
	"inbox" text NOT NULL,
	"key_id" text NOT NULL,
	"body" jsonb NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"last_word" text,
	"made_at" timestamp (3) with time zone NOT NULL,
	"settled_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "fediverse_followers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"follow_id" text NOT NULL,
	"inbox" text NOT NULL,
	"shared_inbox" text,
	"handle" text NOT NULL,
	"name" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fediverse_following" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"actor" text NOT NULL,
	"inbox" text NOT NULL,
	"handle" text NOT NULL,
	"name" text NOT NULL,
	"picture" text,
	"url" text,
	"state" text DEFAULT 'pending' NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"answered_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "fediverse_keys" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"private_jwk" jsonb NOT NULL,
	"public_jwk" jsonb NOT NULL,
	"made_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fediverse_seen" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"activity" text NOT NULL,
	"actor" text NOT NULL,
	"type" text NOT NULL,
	"object" text,
	"proof" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"channel" text NOT NULL,
	"handle" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"state" text DEFAULT 'connected' NOT NULL,
	"connected_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"heard_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "contacts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"email" text,
	"lang" text,
	"note" text DEFAULT '' NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"first_seen" timestamp (3) with time zone NOT NULL,
	"last_seen" timestamp (3) with time zone NOT NULL,
	"search" tsvector GENERATED ALWAYS AS (to_tsvector('public.stoa', "name" || ' ' || coalesce("email", ''))) STORED
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"remote_id" text NOT NULL,
	"handle" text DEFAULT '' NOT NULL,
	"url" text,
	"picture" text
);
--> statement-breakpoint
CREATE TABLE "answer_drafts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"text" text NOT NULL,
	"saved_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"post_id" uuid,
	"campaign_id" uuid,
	"root_ref" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"lang" text,
	"state" text DEFAULT 'open' NOT NULL,
	"visibility" text DEFAULT 'public' NOT NULL,
	"asked" boolean DEFAULT true NOT NULL,
	"assignee_id" uuid,
	"waiting_since" timestamp (3) with time zone,
	"snoozed_until" timestamp (3) with time zone,
	"last_message_id" uuid,
	"last_message_at" timestamp (3) with time zone NOT NULL,
	"last_text" text DEFAULT '' NOT NULL,
	"last_from" text DEFAULT 'contact' NOT NULL,
	"message_count" integer DEFAULT 0 NOT NULL,
	"turns" integer DEFAULT 0 NOT NULL,
	"held" integer DEFAULT 0 NOT NULL,
	"claimed_by" uuid,
	"claimed_until" timestamp (3) with time zone,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"import_id" uuid
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"direction" text NOT NULL,
	"contact_id" uuid,
	"member_id" uuid,
	"author_name" text NOT NULL,
	"text" text NOT NULL,
	"html" text,
	"lang" text,
	"said_at" timestamp (3) with time zone NOT NULL,
	"heard_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid NOT NULL,
	"remote_id" text,
	"remote_url" text,
	"parent_id" uuid,
	"post_id" uuid,
	"visibility" text NOT NULL,
	"moderation" text DEFAULT 'shown' NOT NULL,
	"held_because" text,
	"publication_id" uuid,
	"withdrawn_at" timestamp (3) with time zone,
	"edited_at" timestamp (3) with time zone,
	"search" tsvector GENERATED ALWAYS AS (to_tsvector('public.stoa', "text")) STORED
);
--> statement-breakpoint
CREATE TABLE "reactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"contact_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"about_ref" text DEFAULT '' NOT NULL,
	"post_id" uuid,
	"conversation_id" uuid,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"tx" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"data" jsonb NOT NULL,
	"member_id" uuid,
	"campaign_id" uuid,
	"post_id" uuid,
	"conversation_id" uuid,
	"contact_id" uuid
);
--> statement-breakpoint
CREATE TABLE "handler_cursors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"handler" text NOT NULL,
	"tx" "xid8" NOT NULL,
	"seq" bigint NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "parked_events" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"handler" text NOT NULL,
	"seq" bigint NOT NULL,
	"because" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "import_errors" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"import_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"code" text NOT NULL,
	"column" text,
	"value" text
);
--> statement-breakpoint
CREATE TABLE "imports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"file_name" text NOT NULL,
	"path" text NOT NULL,
	"sha256" text NOT NULL,
	"format" text NOT NULL,
	"mapping" jsonb NOT NULL,
	"dry_run" boolean DEFAULT false NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"because" text,
	"total_bytes" bigint NOT NULL,
	"done_bytes" bigint DEFAULT 0 NOT NULL,
	"done_lines" integer DEFAULT 0 NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"made" integer DEFAULT 0 NOT NULL,
	"known" integer DEFAULT 0 NOT NULL,
	"wrong" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone,
	"started_bytes" bigint DEFAULT 0 NOT NULL,
	"started_by" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"type" text NOT NULL,
	"ending" text NOT NULL,
	"width" integer NOT NULL,
	"height" integer NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	"alt" text DEFAULT '' NOT NULL,
	"uploaded_by" uuid,
	"uploaded_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"token_hash" text NOT NULL,
	"role" text NOT NULL,
	"name" text DEFAULT '' NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"accepted_by" uuid
);
--> statement-breakpoint
CREATE TABLE "auth_logins" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"provider_id" text NOT NULL,
	"user_id" text NOT NULL,
	"access_token" text,
	"refresh_token" text,
	"id_token" text,
	"access_token_expires_at" timestamp (3) with time zone,
	"refresh_token_expires_at" timestamp (3) with time zone,
	"scope" text,
	"password" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "members" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"user_id" text,
	"name" text NOT NULL,
	"email" text,
	"role" text NOT NULL,
	"lang" text DEFAULT 'en' NOT NULL,
	"zone" text,
	"joined_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"left_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "auth_sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"token" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"ip_address" text,
	"user_agent" text,
	"user_id" text NOT NULL,
	CONSTRAINT "auth_sessions_token_unique" UNIQUE("token")
);
--> statement-breakpoint
CREATE TABLE "auth_users" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"email" text NOT NULL,
	"email_verified" boolean DEFAULT false NOT NULL,
	"image" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "auth_users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "auth_verifications" (
	"id" text PRIMARY KEY NOT NULL,
	"identifier" text NOT NULL,
	"value" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "voices" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"name" text NOT NULL,
	"picture_id" uuid,
	"about" text DEFAULT '' NOT NULL,
	"sign_off" text DEFAULT '' NOT NULL,
	"langs" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"topics" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"public" boolean DEFAULT true NOT NULL
);
--> statement-breakpoint
CREATE TABLE "posts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"campaign_id" uuid,
	"author_id" uuid NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"text" text DEFAULT '' NOT NULL,
	"lang" text NOT NULL,
	"intent" text DEFAULT 'talk' NOT NULL,
	"format" text DEFAULT 'story' NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"media" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"account_ids" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"wall_time" text,
	"zone" text,
	"due_at" timestamp (3) with time zone,
	"published_at" timestamp (3) with time zone,
	"reviewed" jsonb,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "attempts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"publication_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"outcome" text,
	"detail" text
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"post_id" uuid,
	"message_id" uuid,
	"account_id" uuid NOT NULL,
	"channel" text NOT NULL,
	"kind" text NOT NULL,
	"state" text DEFAULT 'scheduled' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"key" uuid NOT NULL,
	"written_at" timestamp (3) with time zone NOT NULL,
	"wire" jsonb NOT NULL,
	"wire_hash" text NOT NULL,
	"lang" text NOT NULL,
	"tags" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"due_at" timestamp (3) with time zone NOT NULL,
	"deadline" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"first_tried_at" timestamp (3) with time zone,
	"remote_id" text,
	"remote_url" text,
	"in_reply_to" jsonb,
	"confirmed_at" timestamp (3) with time zone,
	"because" text,
	"pending" text,
	"next_wire" jsonb,
	"note" text,
	"edited_at" timestamp (3) with time zone,
	"edit_note" text,
	"gone_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "used_tokens" (
	"token" text NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "used_tokens_workspace_id_token_pk" PRIMARY KEY("workspace_id","token")
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"tagline" text DEFAULT '' NOT NULL,
	"about" text DEFAULT '' NOT NULL,
	"email" text,
	"lang" text NOT NULL,
	"zone" text NOT NULL,
	"host" text,
	"door" text,
	"settings" jsonb NOT NULL,
	"secret" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"paused_by" uuid
);
--> statement-breakpoint
CREATE TABLE "campaigns" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"name" text NOT NULL,
	"brief" jsonb NOT NULL,
	"starts_on" date,
	"ends_on" date,
	"state" text DEFAULT 'draft' NOT NULL,
	"owner_id" uuid NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "objectives" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"campaign_id" uuid NOT NULL,
	"says" text NOT NULL,
	"signal" text NOT NULL,
	"baseline" double precision NOT NULL,
	"target" double precision NOT NULL,
	"due_on" date NOT NULL
);
--> statement-breakpoint
CREATE TABLE "readings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"workspace_id" uuid DEFAULT current_setting('stoa.workspace')::uuid NOT NULL,
	"signal" text NOT NULL,
	"event_seq" bigint NOT NULL,
	"campaign_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	"num" double precision,
	"den" double precision,
	"value" double precision,
	"once" text,
	"because" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_contact_id_contacts_id_fk" FOREIGN KEY ("contact_id") REFERENCES "public"."contacts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answer_drafts" ADD CONSTRAINT "answer_drafts_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_conversation_id_conversations_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "import_errors" ADD CONSTRAINT "import_errors_import_id_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_logins" ADD CONSTRAINT "auth_logins_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "auth_sessions" ADD CONSTRAINT "auth_sessions_user_id_auth_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."auth_users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "objectives" ADD CONSTRAINT "objectives_campaign_id_campaigns_id_fk" FOREIGN KEY ("campaign_id") REFERENCES "public"."campaigns"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fediverse_cache_expires" ON "fediverse_cache" USING btree ("expires");--> statement-breakpoint
CREATE UNIQUE INDEX "fediverse_delivery_once" ON "fediverse_deliveries" USING btree ("account_id","activity","inbox");--> statement-breakpoint
CREATE INDEX "fediverse_delivery_due" ON "fediverse_deliveries" USING btree ("state","due_at");--> statement-breakpoint
CREATE UNIQUE INDEX "fediverse_follower_once" ON "fediverse_followers" USING btree ("account_id","actor");--> statement-breakpoint
CREATE UNIQUE INDEX "fediverse_following_once" ON "fediverse_following" USING btree ("account_id","actor");--> statement-breakpoint
CREATE UNIQUE INDEX "fediverse_seen_once" ON "fediverse_seen" USING btree ("account_id","activity");--> statement-breakpoint
CREATE INDEX "fediverse_seen_proof" ON "fediverse_seen" USING btree ("account_id","proof");--> statement-breakpoint
CREATE INDEX "fediverse_seen_object" ON "fediverse_seen" USING btree ("account_id","object");--> statement-breakpoint
CREATE INDEX "fediverse_seen_at" ON "fediverse_seen" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_handle" ON "accounts" USING btree ("workspace_id","channel","handle");--> statement-breakpoint
CREATE INDEX "contacts_search" ON "contacts" USING gin ("search") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "contacts_seen" ON "contacts" USING btree ("workspace_id","last_seen","id");--> statement-breakpoint
CREATE UNIQUE INDEX "identities_remote" ON "identities" USING btree ("workspace_id","channel","remote_id");--> statement-breakpoint
CREATE INDEX "identities_contact" ON "identities" USING btree ("contact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "answer_drafts_of" ON "answer_drafts" USING btree ("workspace_id","conversation_id","member_id");--> statement-breakpoint
CREATE UNIQUE INDEX "conversations_root" ON "conversations" USING btree ("workspace_id","account_id","root_ref");--> statement-breakpoint
CREATE INDEX "conversations_recent" ON "conversations" USING btree ("workspace_id","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_open" ON "conversations" USING btree ("workspace_id","state","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_waiting" ON "conversations" USING btree ("workspace_id","waiting_since","id") WHERE waiting_since is not null;--> statement-breakpoint
CREATE INDEX "conversations_mine" ON "conversations" USING btree ("workspace_id","assignee_id","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_channel" ON "conversations" USING btree ("workspace_id","channel","last_message_at","id");--> statement-breakpoint
CREATE INDEX "conversations_held" ON "conversations" USING btree ("workspace_id","last_message_at","id") WHERE held > 0;--> statement-breakpoint
CREATE INDEX "conversations_contact" ON "conversations" USING btree ("workspace_id","contact_id","last_message_at");--> statement-breakpoint
CREATE INDEX "conversations_post" ON "conversations" USING btree ("workspace_id","post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "messages_remote" ON "messages" USING btree ("workspace_id","account_id","remote_id");--> statement-breakpoint
CREATE INDEX "messages_thread" ON "messages" USING btree ("conversation_id","heard_at","id");--> statement-breakpoint
CREATE INDEX "messages_recent" ON "messages" USING btree ("workspace_id","heard_at");--> statement-breakpoint
CREATE INDEX "messages_post" ON "messages" USING btree ("post_id","heard_at") WHERE post_id is not null;--> statement-breakpoint
CREATE INDEX "messages_own" ON "messages" USING btree ("workspace_id","member_id","heard_at") WHERE member_id is not null;--> statement-breakpoint
CREATE INDEX "messages_search" ON "messages" USING gin ("search") WITH (fastupdate=false);--> statement-breakpoint
CREATE UNIQUE INDEX "reactions_once" ON "reactions" USING btree ("workspace_id","account_id","contact_id","kind","about_ref");--> statement-breakpoint
CREATE INDEX "reactions_contact" ON "reactions" USING btree ("workspace_id","contact_id");--> statement-breakpoint
CREATE INDEX "reactions_post" ON "reactions" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "events_order" ON "events" USING btree ("workspace_id","tx","seq");--> statement-breakpoint
CREATE INDEX "events_name" ON "events" USING btree ("workspace_id","name","at");--> statement-breakpoint
CREATE INDEX "events_contact" ON "events" USING btree ("contact_id","at");--> statement-breakpoint
CREATE INDEX "events_post" ON "events" USING btree ("post_id");--> statement-breakpoint
CREATE UNIQUE INDEX "handler_cursors_of" ON "handler_cursors" USING btree ("workspace_id","handler");--> statement-breakpoint
CREATE UNIQUE INDEX "import_errors_line" ON "import_errors" USING btree ("import_id","line","code");--> statement-breakpoint
CREATE INDEX "imports_recent" ON "imports" USING btree ("workspace_id","created_at");--> statement-breakpoint
CREATE INDEX "media_recent" ON "media" USING btree ("workspace_id","uploaded_at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_token" ON "invitations" USING btree ("token_hash");--> statement-breakpoint
CREATE INDEX "auth_logins_user" ON "auth_logins" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "members_user" ON "members" USING btree ("workspace_id","user_id");--> statement-breakpoint
CREATE INDEX "members_by_user" ON "members" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_sessions_user" ON "auth_sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "auth_verifications_identifier" ON "auth_verifications" USING btree ("identifier");--> statement-breakpoint
CREATE UNIQUE INDEX "voices_member" ON "voices" USING btree ("workspace_id","member_id");--> statement-breakpoint
CREATE INDEX "posts_due" ON "posts" USING btree ("workspace_id","due_at");--> statement-breakpoint
CREATE INDEX "posts_published" ON "posts" USING btree ("workspace_id","published_at");--> statement-breakpoint
CREATE INDEX "posts_state" ON "posts" USING btree ("workspace_id","state","updated_at");--> statement-breakpoint
CREATE UNIQUE INDEX "attempts_number" ON "attempts" USING btree ("publication_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "publications_key" ON "publications" USING btree ("workspace_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "publications_remote" ON "publications" USING btree ("workspace_id","account_id","remote_id");--> statement-breakpoint
CREATE INDEX "publications_standing" ON "publications" USING btree ("account_id","kind","confirmed_at","id") WHERE state = 'confirmed';--> statement-breakpoint
CREATE INDEX "publications_post" ON "publications" USING btree ("post_id");--> statement-breakpoint
CREATE INDEX "publications_message" ON "publications" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "publications_unsettled" ON "publications" USING btree ("state","due_at") WHERE state in ('scheduled', 'sending', 'retry-wait', 'unknown') or pending is not null;--> statement-breakpoint
CREATE INDEX "campaigns_of" ON "campaigns" USING btree ("workspace_id","state");--> statement-breakpoint
CREATE INDEX "objectives_of" ON "objectives" USING btree ("campaign_id");--> statement-breakpoint
CREATE UNIQUE INDEX "readings_once" ON "readings" USING btree ("workspace_id","signal","event_seq");--> statement-breakpoint
CREATE INDEX "readings_window" ON "readings" USING btree ("workspace_id","signal","at");