/** Names the lock under which the schema is made and changed. */
export const migrationLock = 7_211_043_001;
/** Where notices of new entries come from. */
export const channel = 'conduit_team';
/** What one entry may take: a decision has some hundred numbers. */
const mostPayloadBytes = 65_536;

/**
 * One list of statements for each schema version of the team's database, from 1. A released one never changes.
 *
 * Members write through functions alone, which run with the rights of the schema's owner. Each takes the lock of the one
 * row of `head` first and keeps it until it commits: sequence numbers have no gaps, and who reads up to one has met all
 * before it. What a ledger has copied of one before it, after damage or a move, is left out. A member is the hash of a secret, which each call proves; nobody can write or delete in another's name.
 */
export const teamMigrations: readonly string[] = [
  `
  CREATE TABLE conduit.head (
    only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    schema    integer NOT NULL,
    salt      uuid NOT NULL DEFAULT gen_random_uuid(),
    last      bigint NOT NULL DEFAULT 0,
    forgotten bigint NOT NULL DEFAULT 0
  );
  INSERT INTO conduit.head (schema) VALUES (0);

  CREATE TABLE conduit.source (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    member bytea NOT NULL,
    ledger text NOT NULL CHECK (length(ledger) < 64),
    last   bigint NOT NULL DEFAULT 0,
    UNIQUE (member, ledger)
  );

  CREATE TABLE conduit.entry (
    sequence        bigint PRIMARY KEY,
    source          integer NOT NULL REFERENCES conduit.source,
    source_sequence bigint NOT NULL,
    at_ms           bigint NOT NULL,
    kind            text NOT NULL CHECK (length(kind) < 32),
    decision_id     text NOT NULL CHECK (length(decision_id) < 128),
    payload         text NOT NULL CHECK (octet_length(payload) <= ${String(mostPayloadBytes)}),
    UNIQUE (source, source_sequence)
  );
  CREATE INDEX entry_of_decision ON conduit.entry (decision_id);

  CREATE TABLE conduit.snapshot (
    fold      text NOT NULL CHECK (length(fold) < 200),
    sequence  bigint NOT NULL,
    forgotten bigint NOT NULL,
    made_at   timestamptz NOT NULL DEFAULT now(),
    state     bytea NOT NULL,
    PRIMARY KEY (fold, sequence)
  );

  CREATE FUNCTION conduit.member_of(secret uuid) RETURNS bytea
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN substr(sha256(convert_to(secret::text, 'UTF8')), 1, 16);

  CREATE FUNCTION conduit.state_of(secret uuid, of_ledger text)
  RETURNS TABLE (schema integer, salt uuid, last bigint, forgotten bigint, source integer, source_last bigint)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
    SELECT h.schema, h.salt, h.last, h.forgotten, s.id, coalesce(s.last, 0)
    FROM conduit.head h
    LEFT JOIN conduit.source s ON s.member = conduit.member_of(secret) AND s.ledger = of_ledger
  $$;

  CREATE FUNCTION conduit.append(
    secret uuid, of_ledger text, sequences bigint[], times bigint[], kinds text[], decisions text[], payloads text[]
  ) RETURNS TABLE (given bigint, placed bigint, source_id integer)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  #variable_conflict use_column
  DECLARE
    me bytea := conduit.member_of(secret);
    own conduit.source;
    before bigint;
    added bigint;
  BEGIN
    INSERT INTO conduit.source (member, ledger) VALUES (me, of_ledger) ON CONFLICT DO NOTHING;
    SELECT last INTO before FROM conduit.head FOR UPDATE;
    SELECT * INTO own FROM conduit.source s WHERE s.member = me AND s.ledger = of_ledger FOR UPDATE;
    RETURN QUERY
      WITH offered AS (
        SELECT * FROM unnest(sequences, times, kinds, decisions, payloads)
          AS o (sequence, at_ms, kind, decision_id, payload)
        WHERE o.sequence > own.last
      ), made AS (
        SELECT o.decision_id FROM offered o
        WHERE o.kind = 'decision'
          AND NOT EXISTS (
            SELECT FROM conduit.entry e JOIN conduit.source s ON s.id = e.source
            WHERE e.decision_id = o.decision_id AND s.member <> me)
      ), kept AS (
        SELECT o.* FROM offered o
        WHERE o.decision_id IN (SELECT m.decision_id FROM made m)
          OR o.kind <> 'decision' AND EXISTS (
            SELECT FROM conduit.entry e JOIN conduit.source s ON s.id = e.source
            WHERE e.decision_id = o.decision_id AND e.kind = 'decision' AND s.member = me)
      ), uncopied AS (
        SELECT k.* FROM kept k
        WHERE NOT EXISTS (
          SELECT FROM conduit.entry e JOIN conduit.source s ON s.id = e.source
          WHERE e.decision_id = k.decision_id AND s.member = me AND s.id <> own.id AND e.kind = k.kind
            AND (k.kind = 'decision' OR e.at_ms = k.at_ms AND (k.kind <> 'observation' OR e.payload = k.payload)))
      )
      INSERT INTO conduit.entry (sequence, source, source_sequence, at_ms, kind, decision_id, payload)
      SELECT before + row_number() OVER (ORDER BY k.sequence), own.id, k.sequence, k.at_ms, k.kind, k.decision_id,
        k.payload
      FROM uncopied k ORDER BY k.sequence
      RETURNING source_sequence, sequence, source;
    GET DIAGNOSTICS added = ROW_COUNT;
    UPDATE conduit.source s SET last = greatest(s.last, (SELECT max(n) FROM unnest(sequences) n)) WHERE s.id = own.id;
    IF added > 0 THEN
      UPDATE conduit.head SET last = before + added;
      PERFORM pg_notify('${channel}', (before + added)::text);
    END IF;
  END $$;

  CREATE FUNCTION conduit.forget(secret uuid, which text[]) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    me bytea := conduit.member_of(secret);
    gone bigint;
  BEGIN
    PERFORM FROM conduit.head FOR UPDATE;
    WITH deleted AS (
      DELETE FROM conduit.entry e USING conduit.source s
      WHERE s.id = e.source AND s.member = me AND (which IS NULL OR e.decision_id = ANY (which))
      RETURNING e.kind
    )
    SELECT count(*) INTO gone FROM deleted WHERE kind = 'decision';
    -- What was learnt of them is in every snapshot.
    DELETE FROM conduit.snapshot;
    UPDATE conduit.head SET forgotten = forgotten + 1;
    PERFORM pg_notify('${channel}', 'forgotten');
    RETURN gone;
  END $$;

  CREATE FUNCTION conduit.save_snapshot(of_fold text, up_to bigint, of_forgotten bigint, saved bytea) RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
  AS $$
  DECLARE
    now_at conduit.head;
  BEGIN
    IF NOT pg_try_advisory_xact_lock(${String(migrationLock)} + 1) THEN RETURN false; END IF;
    SELECT * INTO now_at FROM conduit.head FOR SHARE;
    IF up_to > now_at.last OR of_forgotten <> now_at.forgotten THEN RETURN false; END IF;
    INSERT INTO conduit.snapshot (fold, sequence, forgotten, state)
    VALUES (of_fold, up_to, of_forgotten, saved) ON CONFLICT DO NOTHING;
    DELETE FROM conduit.snapshot s WHERE s.fold = of_fold AND s.sequence NOT IN (
      SELECT n.sequence FROM conduit.snapshot n WHERE n.fold = of_fold ORDER BY n.sequence DESC LIMIT 2);
    RETURN true;
  END $$;

  REVOKE ALL ON ALL TABLES IN SCHEMA conduit FROM PUBLIC;
  REVOKE ALL ON ALL FUNCTIONS IN SCHEMA conduit FROM PUBLIC;
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'conduit_member') THEN
      GRANT USAGE ON SCHEMA conduit TO conduit_member;
      GRANT SELECT ON conduit.head, conduit.entry, conduit.snapshot TO conduit_member;
      GRANT EXECUTE ON FUNCTION conduit.state_of, conduit.append, conduit.forget TO conduit_member;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'conduit_snapshots') THEN
      GRANT USAGE ON SCHEMA conduit TO conduit_snapshots;
      GRANT SELECT ON conduit.head, conduit.entry, conduit.snapshot TO conduit_snapshots;
      GRANT EXECUTE ON FUNCTION conduit.state_of, conduit.save_snapshot TO conduit_snapshots;
    END IF;
  END $$;
  `,
];
