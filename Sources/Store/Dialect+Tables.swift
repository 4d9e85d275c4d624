/// How each engine is asked for its tables; both answer with the same columns.
extension Dialect {
    /// Column `name`.
    var tableNames: SQL {
        switch self {
        case .sqlite:
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'schema_migration' ORDER BY name
            """
        case .postgres:
            """
            SELECT tablename AS name FROM pg_tables
            WHERE schemaname = current_schema() AND tablename <> 'schema_migration' AND NOT EXISTS (
                SELECT FROM pg_attribute
                WHERE attrelid = format('%I.%I', schemaname, tablename)::regclass AND atttypid = 'tsvector'::regtype)
            ORDER BY tablename COLLATE "C"
            """
        }
    }

    /// Columns `name`, `type`, `nullable`, in their order. SQLite takes NULL in a primary key unless it is its own kind of integer.
    func columns(of table: String) -> SQL {
        switch self {
        case .sqlite:
            """
            SELECT name, CASE type WHEN 'BIGINT' THEN 'integer' WHEN 'DOUBLE PRECISION' THEN 'real' ELSE lower(type) END AS type,
                   "notnull" = 0 AND NOT (pk = 1 AND type = 'INTEGER') AS nullable
            FROM pragma_table_info(\(table)) ORDER BY cid
            """
        case .postgres:
            """
            SELECT attname AS name, NOT attnotnull AS nullable,
                   CASE format_type(CASE typtype WHEN 'd' THEN typbasetype ELSE atttypid END, NULL)
                   WHEN 'bigint' THEN 'integer' WHEN 'bytea' THEN 'blob' WHEN 'double precision' THEN 'real'
                   ELSE format_type(atttypid, NULL) END AS type
            FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
            WHERE attrelid = \(table)::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum
            """
        }
    }

    /// Columns `number`, `is_primary`, `is_unique`, `is_partial`, `column`: a row for each column of each index.
    func indexes(of table: String) -> SQL {
        switch self {
        case .sqlite:
            """
            SELECT seq AS number, origin = 'pk' AS is_primary, "unique" AS is_unique, partial AS is_partial,
                   coalesce(part.name, 'expression') || CASE WHEN part."desc" THEN ' DESC' ELSE '' END AS "column"
            FROM pragma_index_list(\(table)) AS list, pragma_index_xinfo(list.name) AS part WHERE part.key = 1
            UNION ALL
            SELECT -1, true, true, false, name FROM pragma_table_info(\(table)) WHERE pk = 1 AND type = 'INTEGER'
            ORDER BY number
            """
        case .postgres:
            """
            SELECT indexrelid AS number, indisprimary AS is_primary, indisunique AS is_unique, indpred IS NOT NULL AS is_partial,
                   coalesce(attname, 'expression') || CASE WHEN indoption[place - 1] & 1 = 1 THEN ' DESC' ELSE '' END AS "column"
            FROM pg_index CROSS JOIN generate_series(1, indnkeyatts) AS place
            LEFT JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[place - 1] AND attnum > 0
            WHERE indrelid = \(table)::regclass ORDER BY indexrelid, place
            """
        }
    }

    /// Columns `number`, `target`, `on_delete`, `column`: a row for each column of each reference.
    func references(of table: String) -> SQL {
        switch self {
        case .sqlite:
            """
            SELECT id AS number, "table" AS target, lower(on_delete) AS on_delete, "from" AS "column"
            FROM pragma_foreign_key_list(\(table)) ORDER BY id, seq
            """
        case .postgres:
            """
            SELECT pg_constraint.oid AS number, relname AS target, attname AS "column",
                   CASE confdeltype WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default'
                   WHEN 'r' THEN 'restrict' ELSE 'no action' END AS on_delete
            FROM pg_constraint JOIN pg_class ON pg_class.oid = confrelid
            CROSS JOIN unnest(conkey) WITH ORDINALITY AS part (attnum, place)
            JOIN pg_attribute ON attrelid = conrelid AND pg_attribute.attnum = part.attnum
            WHERE contype = 'f' AND conrelid = \(table)::regclass ORDER BY pg_constraint.oid, place
            """
        }
    }
}
