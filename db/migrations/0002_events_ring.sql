-- Whoever listens hears once per commit that something happened, and in which workspace.
create function public.stoa_ring() returns trigger language plpgsql as $$
begin
  perform pg_notify('stoa_events', current_setting('stoa.workspace', true));
  return null;
end $$;
--> statement-breakpoint
create trigger events_ring after insert on public.events for each statement execute function public.stoa_ring();
