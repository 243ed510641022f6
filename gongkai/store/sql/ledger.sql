-- What stands of other offices' ledgers (ledger_rows, of ledger_overlay.py): one figure per unit, year, metric and scope
-- (null: the unit's usual one).
CREATE OR REPLACE TABLE ledger_figure AS
FROM ledger_rows;
-- One number for all of them, per collection: another one where anything that the checks know of them changed.
CREATE OR REPLACE TABLE ledger_digest AS
SELECT collection, (bit_xor(hash(hash(kind, agency_id, year, scope, metric, value, file, row_no))) >> 1)::BIGINT AS digest
FROM ledger_rows
GROUP BY collection;
