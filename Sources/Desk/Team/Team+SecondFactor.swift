import Foundation
import Store

/// Setting a second factor up, and taking it off.
extension Team {
    public struct SecondFactor: Sendable, Equatable {
        public let since: Date
        public let recoveryCodesLeft: Int
    }

    /// What an app has to know to show our codes.
    public struct NewSecret: Sendable, Equatable {
        /// To type, in groups of four.
        public let groups: String
        /// To open on the phone, or to show as a QR code.
        public let link: String
    }

    /// - Returns: `nil` where sign-in asks for no code.
    public func secondFactor(of id: ID<Colleague>) async throws -> SecondFactor? {
        try await store.read { db in
            guard let since = try db.secret(of: id)?.confirmedAt else { return nil }
            let left: Int? = try db.value("SELECT count(*) FROM recovery_code WHERE colleague_id = \(id)")
            return SecondFactor(since: since, recoveryCodesLeft: left ?? 0)
        }
    }

    /// Makes a secret for an app, in place of one that was never confirmed. Nothing is asked for until ``confirmSecondFactor(with:of:keeping:from:at:)``.
    public func beginSecondFactor(of id: ID<Colleague>) async throws {
        let secret = try keys.seal(OneTimeCode.makeSecret().base64EncodedString(), for: Self.place(id))
        try await store.write { db in
            try db.demand(.reader, of: .colleague(id))
            guard try db.secret(of: id)?.confirmedAt == nil else { throw Refusal.secondFactorIsOn }
            try db.run("DELETE FROM second_factor WHERE colleague_id = \(id)")
            try db.run("INSERT INTO second_factor (colleague_id, secret, key_id) VALUES (\(id), \(secret), \(keys.id))")
        }
    }

    /// - Parameter issuer: Whose codes these are, as the app shows it.
    /// - Throws: `Refusal.secondFactorIsOn` once it was confirmed: from then on nobody sees the secret. `.secondFactorIsOff` before it is begun.
    public func newSecret(of id: ID<Colleague>, issuer: String) async throws -> NewSecret {
        let (secret, email) = try await store.read { db in (try db.unconfirmedSecret(of: id), try db.colleague(id).email) }
        let code = try secret.code(with: keys)
        return NewSecret(groups: code.groups, link: code.link(issuer: issuer, account: email))
    }

    /// The app's first right code: from now on sign-in asks for one. Every other session ends.
    /// - Returns: The recovery codes; nobody can show them again.
    public func confirmSecondFactor(
        with code: String, of id: ID<Colleague>, keeping session: ID<Session>?, from machine: String, at time: Date
    ) async throws -> [String] {
        let codes = RecoveryCode.make()
        try await guessing(at: id, from: machine, at: time) { db in
            let secret = try db.unconfirmedSecret(of: id)
            guard let step = try secret.code(with: keys).step(of: code.typedDigits, at: time, after: 0) else { throw Refusal.wrongCode }
            try db.run("UPDATE second_factor SET confirmed_at = \(time), last_step = \(step) WHERE colleague_id = \(id)")
            try db.keep(recoveryCodes: codes, of: id)
            try db.endSessions(of: id, except: session)
            try db.record(Event(.secondFactorSet, by: .colleague(id), at: time, colleague: id))
        }
        return codes
    }

    /// Makes new recovery codes; those from before open nothing any more.
    /// - Parameter code: Of the app, or a recovery code.
    public func renewRecoveryCodes(with code: String, of id: ID<Colleague>, from machine: String, at time: Date) async throws -> [String] {
        let codes = RecoveryCode.make()
        try await guessing(at: id, from: machine, at: time) { db in
            try db.use(code, of: id, with: keys, at: time)
            try db.keep(recoveryCodes: codes, of: id)
            try db.record(Event(.recoveryCodesMade, by: .colleague(id), at: time, colleague: id))
        }
        return codes
    }

    /// Takes one's own second factor off.
    /// - Parameter proof: A code, or the password.
    public func removeSecondFactor(with proof: String, of id: ID<Colleague>, from machine: String, at time: Date) async throws {
        if proof.isShapedLikeACode {
            return try await guessing(at: id, from: machine, at: time) { db in
                try db.use(proof, of: id, with: keys, at: time)
                try db.removeSecondFactor(of: id, by: .colleague(id), at: time)
            }
        }
        guard try await isPassword(proof, of: id, at: time) else { throw Refusal.wrongProof }
        try await store.write { db in try db.removeSecondFactor(of: id, by: .colleague(id), at: time) }
    }

    /// Takes a colleague's second factor off, whose phone is lost. Their sessions end: who has the phone may have those, too.
    /// - Throws: `Refusal.notAllowed` for one's own: that needs a code or the password. `.secondFactorIsOff`.
    public func resetSecondFactor(of id: ID<Colleague>, by actor: Event.Actor, at time: Date) async throws {
        try await store.write { db in
            try db.demand(.admin, of: actor)
            guard actor != .colleague(id) else { throw Refusal.notAllowed }
            _ = try db.colleague(id)
            try db.removeSecondFactor(of: id, by: actor, at: time)
            try db.endSessions(of: id)
        }
    }

    /// What a secret is sealed for.
    fileprivate static func place(_ id: ID<Colleague>) -> String { "second-factor/\(id)" }
}

/// A secret as it is kept.
struct SealedSecret: Sendable {
    let colleague: ID<Colleague>
    let bytes: Data
    /// `nil` until its first right code.
    let confirmedAt: Date?
    let lastStep: Int64

    init(_ row: Row) throws {
        colleague = try row["colleague_id"]
        bytes = try row["secret"]
        confirmedAt = try row["confirmed_at"]
        lastStep = try row["last_step"]
    }

    /// - Throws: `Refusal.secondFactorUnreadable` where the desk has another key now.
    func code(with keys: KeyRing) throws(Refusal) -> OneTimeCode {
        guard let text = keys.open(bytes, for: Team.place(colleague)), let secret = Data(base64Encoded: text) else {
            throw .secondFactorUnreadable
        }
        return OneTimeCode(secret: secret)
    }
}

extension Database {
    /// - Returns: `nil` where none was made.
    fileprivate func secret(of id: ID<Colleague>) throws -> SealedSecret? {
        try row("SELECT * FROM second_factor WHERE colleague_id = \(id)").map(SealedSecret.init)
    }

    func hasSecondFactor(_ id: ID<Colleague>) throws -> Bool { try secret(of: id)?.confirmedAt != nil }

    fileprivate func unconfirmedSecret(of id: ID<Colleague>) throws -> SealedSecret {
        guard let secret = try secret(of: id) else { throw Refusal.secondFactorIsOff }
        guard secret.confirmedAt == nil else { throw Refusal.secondFactorIsOn }
        return secret
    }

    /// Uses a code up, of the app or on paper.
    /// - Throws: `Refusal.wrongCode`, also for one that was used before.
    func use(_ code: String, of id: ID<Colleague>, with keys: KeyRing, at time: Date) throws {
        guard let secret = try secret(of: id), secret.confirmedAt != nil else { throw Refusal.secondFactorIsOff }
        let code = code.typedDigits
        guard code.count == OneTimeCode.digits else {
            guard try use(recoveryCode: code, of: id) else { throw Refusal.wrongCode }
            return try record(Event(.recoveryCodeUsed, by: .colleague(id), at: time, colleague: id))
        }
        guard let step = try secret.code(with: keys).step(of: code, at: time, after: secret.lastStep) else { throw Refusal.wrongCode }
        try run("UPDATE second_factor SET last_step = \(step) WHERE colleague_id = \(id)")
    }

    /// - Throws: `Refusal.secondFactorIsOff`.
    fileprivate func removeSecondFactor(of id: ID<Colleague>, by actor: Event.Actor, at time: Date) throws {
        guard try hasSecondFactor(id) else { throw Refusal.secondFactorIsOff }
        try forgetSecondFactor(of: id)
        try record(Event(.secondFactorRemoved, by: actor, at: time, colleague: id))
    }

    /// With all that it needed, and the sign-ins that wait for its code.
    func forgetSecondFactor(of id: ID<Colleague>) throws {
        try run("DELETE FROM second_factor WHERE colleague_id = \(id)")
        try run("DELETE FROM recovery_code WHERE colleague_id = \(id)")
        try run("DELETE FROM begun_sign_in WHERE colleague_id = \(id)")
    }
}
