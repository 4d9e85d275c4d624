/// What went wrong in the database, in a sentence for the person who runs it. None carries what citizens wrote.
public enum StoreError: Error, Equatable {
    /// The address of the database can't be understood.
    case location(String)
    /// The database can't be opened.
    case open(String)
    /// The database wouldn't keep what it acknowledges.
    case unsafe(String)
    /// Another process serves this file.
    case inUse(path: String)
    /// The result has no such column, or not of the type asked for.
    case column(String)
    /// The schema refused; nothing of the block was kept.
    case constraint(Constraint, String)
    /// The text contains a NUL character, which neither engine keeps whole.
    case nul
    /// Took longer than a block may.
    case timeout(String)
    /// No room left on the disk; works again as soon as there is.
    case full(String)
    /// Others changed the same rows again and again.
    case conflict
    /// The connection is lost and didn't come back in time; nothing was kept.
    case unreachable(String)
    /// The connection was lost while committing, and what became of it can't be learnt.
    case commitUnknown
    /// A migration can't be read, was changed after it ran, or failed.
    case migration(String)
    /// The store was closed, or the database was used after its block had ended.
    case closed
    /// The statement is wrong. `code` is the engine's own.
    case statement(code: String, message: String)

    public enum Constraint: Sendable, Equatable {
        case unique, foreignKey, notNull, check, other
    }
}

extension StoreError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .location(let why): "The database address is wrong: \(why)."
        case .open(let why): "The database can't be opened: \(why)."
        case .unsafe(let why): "The database may lose what it acknowledged, so it is not used: \(why)."
        case .inUse(let path): "Another process already serves the database \(path)."
        case .column(let name): "The result has no column \(name) of the type asked for."
        case .constraint(_, let why): "The database refused the change: \(why)."
        case .nul: "The text contains a NUL character and can't be stored."
        case .timeout(let why): "The database took too long: \(why)."
        case .full(let why): "There is no room left for the database: \(why)."
        case .conflict: "Others kept changing the same rows of the database; nothing was written."
        case .unreachable(let why): "The database can't be reached: \(why)."
        case .commitUnknown: "The connection to the database was lost while committing; whether it was written is unknown."
        case .migration(let why): "The database can't be brought up to date: \(why)."
        case .closed: "The database is closed."
        case .statement(let code, let message): "The database refused a statement (\(code)): \(message)."
        }
    }
}
