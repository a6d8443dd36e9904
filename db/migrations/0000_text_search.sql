-- One configuration for both languages: Latin words are stemmed as English, all others as Greek; accents and final sigma fold.
create extension if not exists unaccent with schema public;
--> statement-breakpoint
create text search configuration public.stoa (copy = pg_catalog.greek);
--> statement-breakpoint
alter text search configuration public.stoa alter mapping for asciiword, asciihword, hword_asciipart with english_stem;
--> statement-breakpoint
alter text search configuration public.stoa alter mapping for word, hword, hword_part with public.unaccent, greek_stem;
