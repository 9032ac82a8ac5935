import type { Migration } from './migration.ts'

/**
 * The ledger. Two rules hold for every table of this schema, from its first day: row-level security is
 * enabled and forced, and nothing here is ever joined with anything else by the ledger's own statements.
 */
export const ledger: Migration = {
  number: 1,
  name: 'ledger',
  sql: `
create table helmward.change (
  workspace uuid not null,
  seq bigint not null check (seq > 0),
  at timestamptz(3) not null,
  actor jsonb not null,
  via text not null,
  action text not null,
  input jsonb not null,
  input_seal jsonb,
  undoes bigint,
  prev_hash text not null,
  hash text not null,
  projects uuid[] not null,
  primary key (workspace, seq)
);
create index change_at on helmward.change (workspace, at, seq);

create table helmward.version (
  workspace uuid not null,
  kind text not null,
  id uuid not null,
  project uuid,
  from_seq bigint not null check (from_seq > 0),
  to_seq bigint check (to_seq > from_seq),
  body jsonb not null,
  digest text not null,
  seal jsonb,
  unique_key text,
  -- Names may be longer than an index entry may be.
  unique_digest uuid generated always as (md5(unique_key)::uuid) stored,
  key0 text,
  key1 text,
  key2 text,
  primary key (workspace, kind, id, from_seq)
);
create unique index version_now on helmward.version (workspace, kind, id) where to_seq is null;
create index version_from on helmward.version (workspace, from_seq);
create index version_to on helmward.version (workspace, to_seq) where to_seq is not null;
create index version_project on helmward.version (workspace, project, kind) where to_seq is null;
create unique index version_unique on helmward.version (workspace, kind, unique_digest)
  where to_seq is null and unique_digest is not null;
create index version_key0 on helmward.version (workspace, kind, key0) where to_seq is null and key0 is not null;
create index version_key1 on helmward.version (workspace, kind, key1) where to_seq is null and key1 is not null;
create index version_key2 on helmward.version (workspace, kind, key2) where to_seq is null and key2 is not null;

create table helmward.head (
  workspace uuid not null,
  project uuid,
  kind text not null,
  seq bigint not null,
  unique nulls not distinct (workspace, kind, project)
) with (fillfactor = 50);

create table helmward.latest (
  workspace uuid primary key,
  seq bigint not null,
  hash text not null,
  at timestamptz(3) not null
) with (fillfactor = 50);

create table helmward.blob (
  workspace uuid not null,
  hash text not null,
  bytes bytea not null,
  primary key (workspace, hash)
);
alter table helmward.blob alter column bytes set storage external;

create table helmward.errand (
  workspace uuid not null,
  id text not null,
  seq bigint not null,
  kind text not null,
  payload jsonb not null,
  outward boolean not null,
  state text not null check (state in ('waiting', 'toApprove', 'sent', 'failed', 'cancelled')),
  primary key (workspace, id)
);
create index errand_seq on helmward.errand (workspace, seq);
create index errand_open on helmward.errand (workspace, state, seq) where state in ('waiting', 'toApprove', 'failed');

create table helmward.idempotency (
  workspace uuid not null,
  actor text not null,
  key text not null,
  action text not null,
  input_digest text not null,
  seq bigint not null,
  output jsonb,
  at timestamptz not null default now(),
  primary key (workspace, actor, key)
);
create index idempotency_at on helmward.idempotency (workspace, at);

create table helmward.erasure (
  workspace uuid not null,
  seq bigint not null,
  kind text not null,
  id text not null,
  primary key (workspace, seq, kind, id)
);

-- The planner needs no figures about what is inside documents; sampling them is what makes analyze slow.
alter table helmward.version alter column body set statistics 0;
alter table helmward.version alter column seal set statistics 0;
alter table helmward.change alter column input set statistics 0;
alter table helmward.change alter column input_seal set statistics 0;
alter table helmward.idempotency alter column output set statistics 0;
alter table helmward.blob alter column bytes set statistics 0;

${wall('version', PROJECT_ROWS())}
${wall('head', PROJECT_ROWS())}
${wall('change', `(projects = '{}' or ${ALL()} or projects && ${LIST()})`)}
${wall('latest')}
${wall('blob')}
${wall('errand')}
${wall('idempotency')}
${wall('erasure')}

${seed()}
`,
}

/** The second wall of one table: the workspace of the transaction, and what else holds for its rows. */
function wall(table: string, rows?: string): string {
  const mine = `workspace = (select nullif(current_setting('helmward.workspace', true), '')::uuid)`
  const condition = rows ? `${mine} and ${rows}` : mine
  return `alter table helmward.${table} enable row level security;
alter table helmward.${table} force row level security;
create policy wall on helmward.${table} using (${condition}) with check (${condition});`
}

function ALL(): string {
  return `(select current_setting('helmward.projects', true)) = '*'`
}

function LIST(): string {
  return `(select string_to_array(nullif(nullif(current_setting('helmward.projects', true), ''), '*'), ',')::uuid[])`
}

// "in (select unnest …)" is hashed once; "= any (array)" is searched for every row.
function PROJECT_ROWS(): string {
  return `(project is null or ${ALL()} or project in (select unnest(string_to_array(
    nullif(nullif(current_setting('helmward.projects', true), ''), '*'), ',')::uuid[])))`
}

/**
 * Permanent rows in workspace 0 in each table that the writer touches. Statements are planned once and
 * kept; planned on an empty table they would read whole workspaces for ever after (610 writes a second
 * instead of 3,800, and falling with growth). 2,000 versions: enough that no plan prefers reading them all.
 */
function seed(): string {
  const zero = `'00000000-0000-0000-0000-000000000000'::uuid`
  const id = `md5(n::text)::uuid`
  return `select set_config('helmward.workspace', '00000000-0000-0000-0000-000000000000', true),
  set_config('helmward.projects', '*', true);
insert into helmward.change (workspace, seq, at, actor, via, action, input, prev_hash, hash, projects)
  select ${zero}, n, 'epoch', '{}', 'seed', 'seed', '{}', '', '', '{}' from generate_series(1, 500) n;
insert into helmward.version
    (workspace, kind, id, project, from_seq, to_seq, body, digest, unique_key, key0, key1, key2)
  select ${zero}, 'seed' || n % 5, ${id}, md5('project' || n % 20)::uuid, n, case when n % 4 = 0 then n + 1 end,
    '{}', '', 'seed' || n, 'seed' || n % 50, 'seed' || n % 50, 'seed' || n % 50
  from generate_series(1, 2000) n;
insert into helmward.head (workspace, project, kind, seq)
  select ${zero}, ${id}, 'seed' || n, n from generate_series(1, 500) n;
insert into helmward.idempotency (workspace, actor, key, action, input_digest, seq)
  select ${zero}, 'seed', 'seed' || n, 'seed', '', n from generate_series(1, 500) n;
insert into helmward.errand (workspace, id, seq, kind, payload, outward, state)
  select ${zero}, 'seed' || n, n, 'seed', '{}', false, 'cancelled' from generate_series(1, 500) n;
insert into helmward.latest (workspace, seq, hash, at) values (${zero}, 2000, '', 'epoch');`
}
