import Foundation
import Musterstadt
import Store
import Testing

@testable import Desk

struct SecondFactorTests {
    /// RFC 6238, appendix B, those with SHA-1.
    @Test(arguments: [
        (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
    ])
    func `a code is what the RFC says`(seconds: Int, code: String) {
        let secret = OneTimeCode(secret: Data("12345678901234567890".utf8))
        let step = OneTimeCode.step(at: Date(timeIntervalSince1970: Double(seconds)))
        #expect(secret.code(in: step, digits: 8) == code)
        #expect(secret.code(in: step) == code.suffix(6))
    }

    @Test func `a code holds from half a minute before its time to half a minute after, and once`() {
        let secret = OneTimeCode(secret: OneTimeCode.makeSecret())
        let now = Date(timeIntervalSince1970: 1_795_100_010)
        let step = OneTimeCode.step(at: now)
        let found = (-2...2).map { secret.step(of: secret.code(in: step + $0), at: now, after: 0) }
        #expect(found == [nil, step - 1, step, step + 1, nil])
        #expect(secret.step(of: secret.code(in: step), at: now, after: step) == nil)
        #expect(secret.step(of: secret.code(in: step - 1), at: now, after: step) == nil)
        #expect(secret.step(of: secret.code(in: step + 1), at: now, after: step) == step + 1)
    }

    /// RFC 4648, section 10, and the form that apps read.
    @Test func `the secret is written as apps read it`() {
        let code = OneTimeCode(secret: Data("foobar".utf8))
        #expect(code.groups == "MZXW 6YTB OI")
        let link = code.link(issuer: "Schalter: Stadt Köln", account: "a+b@köln.example")
        #expect(
            link == "otpauth://totp/Schalter%20%20Stadt%20K%C3%B6ln:a%2Bb%40k%C3%B6ln.example?secret=MZXW6YTBOI"
                + "&issuer=Schalter%20%20Stadt%20K%C3%B6ln&algorithm=SHA1&digits=6&period=30")
    }

    @Test(arguments: Engine.allCases) func `nothing is asked for before the app's first right code`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let team = bench.desk.team
            try await team.beginSecondFactor(of: bench.jana)
            let secret = try await bench.secret(of: bench.jana)
            #expect(try await bench.comesByLink(bench.jana).session != nil)
            #expect(try await team.secondFactor(of: bench.jana) == nil)
            await #expect(throws: Refusal.wrongCode) {
                _ = try await team.confirmSecondFactor(with: "000000", of: bench.jana, keeping: nil, from: "m", at: bench.time)
            }
            // Begun anew: the code of the earlier secret is none any more.
            try await team.beginSecondFactor(of: bench.jana)
            await #expect(throws: Refusal.wrongCode) {
                _ = try await team.confirmSecondFactor(with: secret.now(bench.time), of: bench.jana, keeping: nil, from: "m", at: bench.time)
            }
            _ = try await bench.setUp(bench.jana)
            #expect(try await team.secondFactor(of: bench.jana) == Team.SecondFactor(since: bench.time, recoveryCodesLeft: 10))
            await #expect(throws: Refusal.secondFactorIsOn) { try await team.beginSecondFactor(of: bench.jana) }
            await #expect(throws: Refusal.secondFactorIsOn) { _ = try await team.newSecret(of: bench.jana, issuer: "Schalter") }
        }
    }

    @Test(arguments: Engine.allCases) func `it ends every session that was begun without it, except the one it is set up in`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let team = bench.desk.team
            let here = try #require(try await bench.comesByLink(bench.jana).session)
            let there = try #require(try await bench.comesByLink(bench.jana).session)
            let mine = try #require(try await team.signedIn(session: here, at: bench.time))
            _ = try await bench.setUp(bench.jana, keeping: mine.session)
            #expect(try await team.signedIn(session: here, at: bench.time) != nil)
            #expect(try await team.signedIn(session: there, at: bench.time) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `a code opens once, and no session is there before it`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let team = bench.desk.team
            let (secret, _) = try await bench.setUp(bench.jana)
            let later = bench.time + .seconds(60)
            let begun = try await bench.comesByLink(bench.jana, at: later).begun
            #expect(try await team.sessions(of: bench.jana, at: later).isEmpty)
            #expect(try await team.signedIn(session: begun, at: later) == nil)
            await #expect(throws: Refusal.wrongCode) { _ = try await bench.signIn(begun, secret.now(bench.time), at: later) }
            let session = try await bench.signIn(begun, secret.now(later), at: later)
            #expect(try await team.signedIn(session: session, at: later)?.colleague.id == bench.jana)
            await #expect(throws: Refusal.signInOver) { _ = try await bench.signIn(begun, secret.now(later + .seconds(30)), at: later) }
            let again = try await bench.comesByLink(bench.jana, at: later).begun
            await #expect(throws: Refusal.wrongCode) { _ = try await bench.signIn(again, secret.now(later), at: later) }
            await #expect(throws: Refusal.signInOver) {
                _ = try await bench.signIn(again, secret.now(later + .seconds(601)), at: later + .seconds(601))
            }
        }
    }

    @Test(arguments: Engine.allCases) func `what a link was for is done with the code and not before`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (team, later) = (bench.desk.team, bench.time + .seconds(60))
            let (secret, _) = try await bench.setUp(bench.jana)
            let link = try await team.makeLink(for: bench.jana, by: .operator, at: later)
            let password = "ein neues Passwort"
            let begun = try await team.signIn(link: link, choosing: password, device: "", at: later).begun
            let other = try await team.signIn(link: link, device: "", at: later).begun
            #expect(try await team.colleague(bench.jana).hasPassword == false)
            _ = try await bench.signIn(begun, secret.now(later), at: later)
            #expect(try await team.colleague(bench.jana).hasPassword)
            // Choosing a password ends what others have begun with the same link.
            await #expect(throws: Refusal.signInOver) { _ = try await bench.signIn(other, secret.now(later + .seconds(30)), at: later) }
            await #expect(throws: Refusal.linkUsedUp) { _ = try await team.signIn(link: link, device: "", at: later) }
            let entry = try await team.signIn(email: "jana@musterstadt.example", password: password, from: "m", device: "", at: later)
            #expect(entry.session == nil)
            let first = try await team.makeLink(for: bench.jana, by: .operator, at: later)
            let waiting = try await team.signIn(link: first, device: "", at: later).begun
            _ = try await team.makeLink(for: bench.jana, by: .operator, at: later)
            await #expect(throws: Refusal.linkUsedUp) { _ = try await bench.signIn(waiting, secret.now(later + .seconds(30)), at: later) }
        }
    }

    @Test(arguments: Engine.allCases) func `a recovery code opens once, however its gaps are typed, and new ones replace the old`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let (team, later) = (bench.desk.team, bench.time + .seconds(60))
            let (_, codes) = try await bench.setUp(bench.jana)
            #expect(Set(codes).count == 10 && codes.allSatisfy { $0.wholeMatch(of: #/(\d{4} ){4}\d{4}/#) != nil })
            for (number, typed) in [codes[0], codes[1].replacing(" ", with: "-"), codes[2].replacing(" ", with: "")].enumerated() {
                _ = try await bench.signIn(bench.comesByLink(bench.jana, at: later).begun, typed, at: later)
                #expect(try await team.secondFactor(of: bench.jana)?.recoveryCodesLeft == 9 - number)
                await #expect(throws: Refusal.wrongCode) {
                    _ = try await bench.signIn(bench.comesByLink(bench.jana, at: later).begun, typed, at: later)
                }
            }
            // Another colleague's codes are none of mine.
            let (_, others) = try await bench.setUp(bench.jonas, at: later)
            await #expect(throws: Refusal.wrongCode) {
                _ = try await team.renewRecoveryCodes(with: others[0], of: bench.jana, from: "m", at: later)
            }
            let new = try await team.renewRecoveryCodes(with: codes[3], of: bench.jana, from: "m", at: later)
            #expect(try await team.secondFactor(of: bench.jana)?.recoveryCodesLeft == 10)
            await #expect(throws: Refusal.wrongCode) {
                _ = try await bench.signIn(bench.comesByLink(bench.jana, at: later).begun, codes[4], at: later)
            }
            _ = try await bench.signIn(bench.comesByLink(bench.jana, at: later).begun, new[4], at: later)
            #expect(try await bench.verbs(about: bench.jana).count { $0 == .recoveryCodeUsed } == 5)
        }
    }

    @Test(arguments: Engine.allCases) func `who guesses codes waits, also with the right one, and a new sign-in changes nothing of it`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let later = bench.time + .seconds(60)
            let (secret, _) = try await bench.setUp(bench.jana)
            for number in 0..<6 {
                let begun = try await bench.comesByLink(bench.jana, at: later).begun
                await #expect(throws: Refusal.wrongCode) { _ = try await bench.signIn(begun, "geraten", from: "m\(number)", at: later) }
            }
            let begun = try await bench.comesByLink(bench.jana, at: later).begun
            await #expect(throws: Refusal.tooManyCodes(until: later + .seconds(1))) {
                _ = try await bench.signIn(begun, secret.now(later), from: "m7", at: later)
            }
            let patient = later + .seconds(2)
            _ = try await bench.signIn(begun, secret.now(patient), from: "m7", at: patient)
            #expect(try await bench.count("SELECT count(*) FROM guess WHERE subject = \("code:\(bench.jana)")") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `taking it off needs a code or the password`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (team, later) = (bench.desk.team, bench.time + .seconds(60))
            try await team.choose(password: "zwölf Zeichen!", old: nil, for: bench.jana, keeping: nil, at: bench.time)
            for isCode in [true, false] {
                let (secret, _) = try await bench.setUp(bench.jana, at: later)
                for (wrong, refusal) in [("123", Refusal.wrongProof), ("zwölf Zeichen", .wrongProof), ("12345678901234567890", .wrongCode)] {
                    await #expect(throws: refusal) { try await team.removeSecondFactor(with: wrong, of: bench.jana, from: "m", at: later) }
                }
                let proof = isCode ? secret.now(later + .seconds(30)) : "zwölf Zeichen!"
                try await team.removeSecondFactor(with: proof, of: bench.jana, from: "m", at: later)
                #expect(try await team.secondFactor(of: bench.jana) == nil)
                #expect(try await bench.comesByLink(bench.jana, at: later).session != nil)
            }
            #expect(try await bench.verbs(about: bench.jana).filter { $0 == .secondFactorSet || $0 == .secondFactorRemoved }
                == [.secondFactorSet, .secondFactorRemoved, .secondFactorSet, .secondFactorRemoved])
            #expect(try await bench.count("SELECT count(*) FROM recovery_code") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `an admin takes it off for others, and what these have open ends`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let (team, later) = (bench.desk.team, bench.time + .seconds(60))
            let (secret, _) = try await bench.setUp(bench.jana)
            let session = try await bench.signIn(bench.comesByLink(bench.jana, at: later).begun, secret.now(later), at: later)
            let begun = try await bench.comesByLink(bench.jana, at: later).begun
            await #expect(throws: Refusal.notAllowed) {
                try await team.resetSecondFactor(of: bench.jana, by: .colleague(bench.jonas), at: later)
            }
            try await team.resetSecondFactor(of: bench.jana, by: .colleague(bench.admin), at: later)
            #expect(try await team.signedIn(session: session, at: later) == nil)
            #expect(try await team.isBegun(begun, at: later) == false)
            await #expect(throws: Refusal.secondFactorIsOff) {
                try await team.resetSecondFactor(of: bench.jana, by: .colleague(bench.admin), at: later)
            }
            #expect(try await bench.comesByLink(bench.jana, at: later).session != nil)
            // One's own only with a code, or at the machine.
            _ = try await bench.setUp(bench.admin)
            await #expect(throws: Refusal.notAllowed) {
                try await team.resetSecondFactor(of: bench.admin, by: .colleague(bench.admin), at: later)
            }
            try await team.resetSecondFactor(of: bench.admin, by: .operator, at: later)
            #expect(try await team.secondFactor(of: bench.admin) == nil)
        }
    }

    @Test(arguments: Engine.allCases) func `the secret is nowhere readable, leaves with its colleague, and without its key says so`(
        on engine: Engine
    ) async throws {
        try await Bench.with(engine) { bench in
            let later = bench.time + .seconds(60)
            let (secret, codes) = try await bench.setUp(bench.jana)
            let sealed: Data = try await bench.desk.store.read { db in try #require(try db.value("SELECT secret FROM second_factor")) }
            #expect(sealed.range(of: secret.secret) == nil && sealed.range(of: Data(secret.secret.base64EncodedString().utf8)) == nil)
            let other = Team(store: bench.desk.store, keys: KeyRing(Data(repeating: 8, count: 32)))
            let begun = try await bench.comesByLink(bench.jana, at: later).begun
            await #expect(throws: Refusal.secondFactorUnreadable) {
                _ = try await other.signIn(begun: begun, code: secret.now(later), from: "m", device: "", at: later)
            }
            _ = try await other.signIn(begun: begun, code: codes[0], from: "m", device: "", at: later)
            try await bench.desk.team.remove(bench.jana, by: .operator, at: later)
            #expect(try await bench.count("SELECT count(*) FROM second_factor") == 0)
            #expect(try await bench.count("SELECT count(*) FROM recovery_code") == 0)
        }
    }

    @Test(arguments: Engine.allCases) func `one code opens one of two doors that try it at once`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            let later = bench.time + .seconds(60)
            let (secret, _) = try await bench.setUp(bench.jana)
            let begun = try await [bench.comesByLink(bench.jana, at: later).begun, bench.signInByPassword(bench.jana, at: later).begun]
            let opened = await withTaskGroup(of: Bool.self) { group in
                for token in begun {
                    group.addTask { (try? await bench.signIn(token, secret.now(later), at: later)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(opened == 1)
        }
    }
}

extension OneTimeCode {
    fileprivate func now(_ time: Date) -> String { code(in: Self.step(at: time)) }
}

extension Team.Entry {
    /// Of a sign-in that waits for its code.
    fileprivate var begun: String { if case .codeNeeded(let token) = self { token } else { "" } }
}

extension Bench {
    /// What the colleague's app knows.
    fileprivate func secret(of id: ID<Colleague>) async throws -> OneTimeCode {
        let groups = try await desk.team.newSecret(of: id, issuer: "Schalter").groups
        return OneTimeCode(secret: Data(base32: groups.replacing(" ", with: "")))
    }

    @discardableResult fileprivate func setUp(
        _ id: ID<Colleague>, keeping session: ID<Team.Session>? = nil, at other: Date? = nil
    ) async throws -> (OneTimeCode, [String]) {
        let time = other ?? self.time
        try await desk.team.beginSecondFactor(of: id)
        let secret = try await secret(of: id)
        return (secret, try await desk.team.confirmSecondFactor(with: secret.now(time), of: id, keeping: session, from: "m", at: time))
    }

    fileprivate func comesByLink(_ id: ID<Colleague>, at other: Date? = nil) async throws -> Team.Entry {
        let link = try await desk.team.makeLink(for: id, by: .operator, at: other ?? time)
        return try await desk.team.signIn(link: link, device: "", at: other ?? time)
    }

    fileprivate func signInByPassword(_ id: ID<Colleague>, at time: Date) async throws -> Team.Entry {
        let hash = try await Password.hash("zwölf Zeichen!")
        try await desk.store.write { db in _ = try db.run("UPDATE colleague SET password = \(hash) WHERE id = \(id)") }
        return try await desk.team.signIn(
            email: desk.team.colleague(id).email, password: "zwölf Zeichen!", from: "m", device: "", at: time)
    }

    fileprivate func signIn(_ begun: String, _ code: String, from machine: String = "m", at time: Date) async throws -> String {
        try await desk.team.signIn(begun: begun, code: code, from: machine, device: "Test", at: time)
    }

    fileprivate func count(_ query: SQL) async throws -> Int {
        try await desk.store.read { db in try db.value(query) ?? 0 }
    }

    fileprivate func verbs(about id: ID<Colleague>) async throws -> [Verb] {
        try await desk.store.read { db in
            try db.rows("SELECT verb FROM event WHERE colleague_id = \(id) ORDER BY id").map { try $0["verb"] }
        }
    }
}

extension Data {
    /// As an app reads a secret.
    fileprivate init(base32 text: String) {
        var (bits, count, bytes) = (UInt32(0), 0, [UInt8]())
        for sign in text.utf8 {
            bits = bits << 5 | UInt32(sign >= 65 ? sign - 65 : sign - 24)
            count += 5
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
            }
        }
        self.init(bytes)
    }
}
