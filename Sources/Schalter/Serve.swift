import ArgumentParser
import Desk
import Foundation
import Logging
import NIOCore
import Store
import Web

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves the desk.")

    @OptionGroup var options: Settings.Options
    @Option(help: .hidden)
    var dieAt: String?

    func run() async throws {
        LoggingSystem.bootstrap(StreamLogHandler.standardError)
        raiseFileLimit()
        let wiring = try await Wiring.open(options, fate: try Harness.fate(dieAt))
        do {
            try await wiring.store.own()
            try await wiring.migrate()
        } catch let error as StoreError {
            complain(error.description)
            throw error.exitCode
        }
        try await checkMediaFolder(of: wiring)
        try await wiring.desk.intake.journal.retryNotUnderstood()
        try await Server(wiring: wiring).run()
    }
}

extension Serve {
    /// A file and its folder belong together; nodes on PostgreSQL must all have the same one.
    private func checkMediaFolder(of wiring: Wiring) async throws {
        guard case .postgres = wiring.settings.database else { return }
        let missing: String?
        do { missing = try await wiring.desk.missingMediaFolder() } catch let error as CocoaError {
            complain(wiring.settings.mediaTrouble(error))
            throw ExitCode(78)
        }
        guard let mark = missing else { return }
        let folder = wiring.settings.mediaFolder
        complain(
            """
            The media folder \(folder) is not the one that this database belongs to: set SCHALTER_MEDIA_FOLDER to the folder that all nodes \
            share. If that one is lost, write \(mark) into \(folder)/.schalter.
            """)
        throw ExitCode(78)
    }
}

/// The pages and the desk's lanes, side by side until the program is asked to end.
struct Server: Sendable {
    let wiring: Wiring
    /// The option that chooses another address.
    var otherAddress = "--listen HOST:PORT"
    /// What the session's cookie is called.
    var cookie = "schalter"
    var onStart: @Sendable () async -> Void = {}

    private static let ofListening = [EADDRINUSE, EADDRNOTAVAIL, EACCES]

    func run() async throws {
        do { try await serve() } catch is SocketAddressError.UnknownHost {
            complain("\(wiring.settings.address) can't be listened on: no machine has this name. Choose another with \(otherAddress).")
            throw ExitCode(78)
        } catch let error as IOError where Self.ofListening.contains(error.errnoCode) {
            let reason = String(cString: strerror(error.errnoCode))
            complain("\(wiring.settings.address) can't be listened on: \(reason). Choose another with \(otherAddress).")
            // Another process may go away; an address that isn't ours stays so.
            throw ExitCode(error.errnoCode == EADDRINUSE ? 1 : 78)
        }
    }

    private func serve() async throws {
        let (desk, settings) = (wiring.desk, wiring.settings)
        let site = try Site(desk: desk, publicURL: settings.publicURL, cookie: cookie, log: Logger(label: "schalter"))
        try await withThrowingTaskGroup { group in
            group.addTask { try await desk.run() }
            group.addTask {
                try await site.application(host: settings.host, port: settings.port) { port in
                    say("Schalter: \(settings.publicURL.absoluteString) (listening on \(settings.address(port: port)))")
                    if ["0.0.0.0", "::", "[::]"].contains(settings.publicURL.host() ?? "") {
                        complain("No other machine can open the links above and below: set --public-url to how people reach the desk.")
                    }
                    if let token = try? await desk.team.makeSetUpLink(at: desk.clock.now()) {
                        say("Set up this desk: \(settings.publicURL.absoluteString)/setup/\(token)")
                    }
                    await onStart()
                }.runService()
            }
            // The pages end when the program is asked to, the lanes when a newer program took over.
            try await group.next()
            group.cancelAll()
        }
        await wiring.desk.close()
    }
}

/// Every connection is a file, and the usual limit of 1,024 is for programs with few.
private func raiseFileLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = min(limit.rlim_max, 16_384)
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// The harness's switch: `--die-at NAME:COUNT` kills this process as `kill -9` would, the COUNT-th time it comes to that point.
enum Harness {
    static func fate(_ text: String?) throws -> Fate {
        guard let text else { return { _ in } }
        let parts = text.split(separator: ":")
        guard let point = parts.first.flatMap({ DeathPoint(rawValue: String($0)) }) else {
            throw ValidationError("There is no such death point.")
        }
        let countdown = Countdown(parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
        return { reached in
            if reached == point, countdown.isOver() { kill(getpid(), SIGKILL) }
        }
    }
}
