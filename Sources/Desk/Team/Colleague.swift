import Foundation
import Store

/// Who works at the desk.
public struct Colleague: Sendable, Equatable {
    public enum Role: String, Sendable, CaseIterable, SQLValueConvertible {
        case admin
        case dutyEditor = "duty_editor"
        case editor, reader

        /// Each may do what the next may: admin, duty editor, editor, reader.
        public func covers(_ role: Role) -> Bool { rank >= role.rank }

        private var rank: Int {
            switch self {
            case .admin: 3
            case .dutyEditor: 2
            case .editor: 1
            case .reader: 0
            }
        }
    }

    public let id: ID<Colleague>
    public let name: String
    public let email: String
    public let role: Role
    public let preferences: Preferences
    public let hasPassword: Bool
    /// When they left; they can't sign in any more.
    public let leftAt: Date?

    init(_ row: Row) throws {
        id = try row["id"]
        name = try row["name"]
        email = try row["email"]
        role = try row["role"]
        preferences = try Preferences(row)
        let password: String? = try row["password"]
        hasPassword = password != nil
        leftAt = try row["left_at"]
    }
}

extension Database {
    /// - Throws: `Refusal.notFound`.
    func colleague(_ id: ID<Colleague>) throws -> Colleague {
        try Colleague(try row("SELECT * FROM colleague WHERE id = \(id)").orNotFound())
    }

    /// - Throws: `Refusal.notAllowed` where the actor is a colleague whose role does not cover this one, or who left.
    func demand(_ role: Colleague.Role, of actor: Event.Actor) throws {
        guard case .colleague(let id) = actor else { return }
        let colleague = try colleague(id)
        guard colleague.leftAt == nil, colleague.role.covers(role) else { throw Refusal.notAllowed }
    }
}
