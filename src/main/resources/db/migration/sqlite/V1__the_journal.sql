CREATE TABLE entry (
  seq INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL,
  leaf BLOB NOT NULL,
  time TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.time')) VIRTUAL,
  type TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.type')) VIRTUAL,
  job TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.job')) VIRTUAL,
  upgradeId TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.upgradeId')) VIRTUAL,
  planId TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.planId')) VIRTUAL,
  runId TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.runId')) VIRTUAL,
  operationId TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.operationId')) VIRTUAL,
  connection TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.connection')) VIRTUAL,
  kind TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.kind')) VIRTUAL,
  resource TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.resource')) VIRTUAL,
  name TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.name')) VIRTUAL,
  action TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.action')) VIRTUAL,
  outcome TEXT GENERATED ALWAYS AS (json_extract(CAST(bytes AS TEXT), '$.outcome')) VIRTUAL
);

CREATE INDEX entry_by_time ON entry (time);
CREATE INDEX entry_by_type ON entry (type);
CREATE INDEX entry_by_job ON entry (job) WHERE job IS NOT NULL;
CREATE INDEX entry_by_upgrade ON entry (upgradeId) WHERE upgradeId IS NOT NULL;
CREATE INDEX entry_by_plan ON entry (planId) WHERE planId IS NOT NULL;
CREATE INDEX entry_by_run ON entry (runId) WHERE runId IS NOT NULL;
CREATE INDEX entry_by_operation ON entry (operationId) WHERE operationId IS NOT NULL;
CREATE INDEX entry_by_resource ON entry (kind, connection, resource) WHERE kind IS NOT NULL;

CREATE UNIQUE INDEX one_run_per_plan ON entry (planId) WHERE type = 'run.started' AND planId IS NOT NULL;

CREATE TABLE head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  size INTEGER NOT NULL,
  leaf BLOB NOT NULL
);
INSERT INTO head (id, size, leaf) VALUES (1, 0, x'');

CREATE TABLE snapshot (
  ref TEXT PRIMARY KEY,
  keyId TEXT NOT NULL,
  wrappedKey BLOB,
  ciphertext BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE document (
  ref TEXT PRIMARY KEY,
  content BLOB NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
BEGIN
  SELECT RAISE(ABORT, 'entries are never changed');
END;

CREATE TRIGGER entry_is_never_taken_away BEFORE DELETE ON entry
BEGIN
  SELECT RAISE(ABORT, 'entries are never taken away');
END;

CREATE TRIGGER snapshot_is_never_changed BEFORE UPDATE OF ref, ciphertext ON snapshot
BEGIN
  SELECT RAISE(ABORT, 'snapshots are never changed');
END;

PRAGMA user_version = 1;
