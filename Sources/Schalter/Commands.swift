import ArgumentParser
import Desk
import Foundation
import Networks
import Simulators
import Store

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database to this version's shape.")
    @OptionGroup var options: Settings.Options

    func run() async throws {
        let wiring = try await Wiring.open(options)
        try await wiring.migrate()
        say("The database is in shape \(try await wiring.store.version()).")
        await wiring.finish()
    }
}

struct ColleagueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "colleague", abstract: "Who works at the desk.", subcommands: [Add.self, Link.self, ResetSecondFactor.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Adds a colleague and prints a one-time sign-in link.")
        @Option var name: String
        @Option var email: String
        @Option(help: "admin, duty_editor, editor or reader.") var role: String
        @OptionGroup var options: Settings.Options

        func run() async throws {
            guard let role = Colleague.Role(rawValue: role) else {
                throw ValidationError("The role is admin, duty_editor, editor or reader.")
            }
            let wiring = try await Wiring.openBeside(options)
            do {
                let added = try await wiring.desk.team.add(
                    name: name, email: email, role: role, by: .operator, at: wiring.desk.clock.now())
                say("\(wiring.settings.publicURL.absoluteString)/signin/\(added.token)")
            } catch let refusal as Refusal {
                complain(refusal.advice)
                throw ExitCode(1)
            }
            await wiring.finish()
        }
    }

    struct Link: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a new one-time sign-in link, for somebody who is locked out.")
        @Option var email: String
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let wiring = try await Wiring.openBeside(options, mayBegin: false)
            let colleague = try await wiring.colleague(email)
            let token = try await wiring.desk.team.makeLink(for: colleague.id, by: .operator, at: wiring.desk.clock.now())
            say("\(wiring.settings.publicURL.absoluteString)/signin/\(token)")
            await wiring.finish()
        }
    }

    struct ResetSecondFactor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes the second step of sign-in off, for somebody who has lost phone and recovery codes. Their sessions end.")
        @Option var email: String
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let wiring = try await Wiring.openBeside(options, mayBegin: false)
            let colleague = try await wiring.colleague(email)
            do {
                try await wiring.desk.team.resetSecondFactor(of: colleague.id, by: .operator, at: wiring.desk.clock.now())
                say("\(colleague.email) signs in without a code now, and is signed out everywhere.")
            } catch let refusal as Refusal {
                complain(refusal.advice)
                throw ExitCode(1)
            }
            await wiring.finish()
        }
    }
}

extension Wiring {
    /// - Throws: `ExitCode(1)` after a sentence, where nobody has this address.
    fileprivate func colleague(_ email: String) async throws -> Colleague {
        guard let colleague = try await desk.team.all().first(where: { $0.email == email.lowercased() && $0.leftAt == nil }) else {
            complain("Nobody in the team has this e-mail address.")
            throw ExitCode(1)
        }
        return colleague
    }
}

struct ChannelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "channel", abstract: "Connected accounts.", subcommands: [Connect.self, List.self])

    struct Connect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Connects an account; its access token is read from standard input.")
        @Argument(help: "mastodon") var network: String
        @Option(help: "The server's address.") var server: String
        @OptionGroup var options: Settings.Options

        func run() async throws {
            guard network == Mastodon.name else { throw ValidationError("The network is mastodon.") }
            guard let token = readLine(), !token.isEmpty else {
                throw ValidationError("Give the access token on standard input.")
            }
            let wiring = try await Wiring.openBeside(options)
            do {
                let id = try await wiring.desk.channels.connectMastodon(
                    server: server, token: token, by: .operator, at: wiring.desk.clock.now())
                let channel = try await wiring.desk.channels.channel(id)
                say("Connected \(channel.handle) as channel \(id).")
            } catch let refusal as Refusal {
                complain(refusal.advice)
                throw ExitCode(1)
            }
            await wiring.finish()
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Lists the connected accounts and how they are.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let wiring = try await Wiring.openBeside(options, mayBegin: false)
            for channel in try await wiring.desk.channels.all() {
                let complete = channel.reconciledAt.map { "complete as of \($0.formatted(.iso8601))" } ?? "not compared yet"
                let trouble = channel.trouble.map { ", \($0.rawValue)" } ?? ""
                say("\(channel.id)\t\(channel.network)\t\(channel.handle)\t\(channel.state.rawValue)\t\(complete)\(trouble)")
            }
            await wiring.finish()
        }
    }
}

struct RecordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "record", abstract: "What happened.", subcommands: [Verify.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Checks that the record is whole.")
        @OptionGroup var options: Settings.Options

        func run() async throws {
            let wiring = try await Wiring.openBeside(options, mayBegin: false)
            let verdict = try await wiring.desk.record.verify()
            await wiring.finish()
            for time in verdict.erasedReasons { say("A reason was erased on \(time.formatted(.iso8601)).") }
            if verdict.unsealed > 0 { say("\(verdict.unsealed) entries wait to be numbered by a server.") }
            if let fault = verdict.fault {
                complain("The record is broken: \(fault.sentence)")
                throw ExitCode(1)
            }
            say("The record is whole: \(verdict.entries) entries, head \(verdict.head.base64EncodedString()).")
        }
    }
}

extension Record.Verdict.Fault {
    var sentence: String {
        switch self {
        case .gap(let number): "after entry \(number) one is missing."
        case .changed(let number): "entry \(number) is not what it was."
        case .reasonChanged(let number): "the reason of entry \(number) is not what it was."
        case .headDiffers: "its end is not what the head says."
        }
    }
}

extension Refusal {
    /// For somebody at the machine; the pages have their own words.
    var advice: String {
        switch self {
        case .emailTaken: "A colleague with this e-mail address is there already."
        case .emailInvalid: "This is no e-mail address."
        case .nameMissing: "Give a name of at most 100 characters."
        case .secondFactorIsOff: "This colleague signs in without a code."
        case .connecting(.unreachable): "The server can't be reached."
        case .connecting(.addressNotAllowed):
            "This address may not be fetched: it is in a private network (--allow-network allows that), or its port is no web server's."
        case .connecting(.notMastodon): "There is no server that speaks Mastodon's API at this address."
        case .connecting(.tokenRejected): "The server does not accept this token: make a new one in its settings."
        case .connecting(.scopesMissing(let scopes)): "The token may not do enough; it lacks \(scopes.joined(separator: ", "))."
        case .connecting(.rateLimited(let until)): "The server asks us to wait until \(until.formatted(.iso8601))."
        case .connecting(.refused(let status)): "The server answered with status \(status)."
        default: "Refused: \(name)."
        }
    }
}

struct Simulate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs a simulated network, for drills and tests.", shouldDisplay: false)
    @Argument(help: "mastodon") var network: String
    @Option var port: Int = 0
    @Option var state: String?

    func run() async throws {
        guard network == Mastodon.name else { throw ValidationError("The network is mastodon.") }
        try await MastodonSimulator().run(port: port, memory: state.map { URL(filePath: $0) }) { port in
            say("listening on http://127.0.0.1:\(port)")
        }
    }
}
