/// An authority's schema and the role that owns it and sees nothing else.
struct Cage: Sendable {
    let schema: String
    /// Without a role where the login may not make one.
    let role: String?

    /// What a transaction says right after BEGIN.
    var entry: [SQL] {
        ["SET LOCAL search_path TO \(raw: schema)"] + (role.map { ["SET LOCAL ROLE \(raw: $0)"] } ?? [])
    }

    /// The name of the channel on which this authority's nodes hear each other.
    var channel: String { "schalter_\(schema)" }

    /// Refuses every name that would need quotes.
    static func check(name: String) throws {
        guard name.wholeMatch(of: /[a-z][a-z0-9_]{0,50}/) != nil, !name.hasPrefix("pg_") else {
            throw StoreError.location("the schema \(name) may have lower-case letters, digits and _ only, at most 51")
        }
    }

    /// Makes schema and role where they are missing.
    static func prepare(schema: String, on connection: PostgresConnection) throws -> Cage {
        try connection.execute(script: "BEGIN; SET LOCAL lock_timeout = 0; SELECT pg_advisory_xact_lock(hashtext('schalter open'))")
        if try !connection.has("SELECT FROM pg_namespace WHERE nspname = '\(schema)'") {
            try makeRole(named: schema, on: connection)
            let owner = try mayAct(as: schema, on: connection) ? " AUTHORIZATION \(schema)" : ""
            try connection.execute(script: "CREATE SCHEMA \(schema)\(owner)")
        }
        let hasRole =
            try mayAct(as: schema, on: connection)
            && connection.has("SELECT FROM pg_namespace WHERE nspname = '\(schema)' AND nspowner = '\(schema)'::regrole")
        try connection.execute(script: "COMMIT")
        return Cage(schema: schema, role: hasRole ? schema : nil)
    }

    private static func makeRole(named name: String, on connection: PostgresConnection) throws {
        if try connection.has("SELECT FROM pg_roles WHERE rolname = '\(name)'") { return }
        guard try connection.has("SELECT FROM pg_roles WHERE rolname = current_user AND (rolcreaterole OR rolsuper)") else { return }
        try connection.execute(script: "CREATE ROLE \(name) NOLOGIN; GRANT \(name) TO CURRENT_USER")
    }

    private static func mayAct(as role: String, on connection: PostgresConnection) throws -> Bool {
        try connection.has("SELECT FROM pg_roles WHERE rolname = '\(role)' AND pg_has_role(oid, 'MEMBER')")
    }
}

extension PostgresConnection {
    fileprivate func has(_ query: String) throws -> Bool {
        try execute(script: "SELECT EXISTS (\(query))").text(0) == "t"
    }
}
