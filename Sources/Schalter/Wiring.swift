import ArgumentParser
import Desk
import Foundation
import Logging
import Networks
import Store

/// Puts the parts together.
struct Wiring: Sendable {
    let settings: Settings
    let store: Store
    let desk: Desk

    /// - Throws: `ExitCode(78)` after a sentence, where a setting does not work out.
    static func open(_ options: Settings.Options, fate: @escaping Fate = { _ in }) async throws -> Wiring {
        try await open(try await Settings.read(options), fate: fate)
    }

    static func open(_ settings: Settings, fate: @escaping Fate = { _ in }) async throws -> Wiring {
        let log = Logger(label: "schalter")
        do {
            let store = try await Store.open(settings.database)
            let desk = Desk(
                store: store, keys: try KeyRing.open(file: settings.keyFile), files: try MediaFiles(folder: settings.mediaFolder),
                world: World(client: GuardedClient(allowing: settings.allowed), now: Clock.system.now), log: log, fate: fate)
            return Wiring(settings: settings, store: store, desk: desk)
        } catch KeyRing.Fault.unreadable(let path) {
            complain("The key file \(path) can't be read or made, or holds something else than 32 bytes in base64.")
        } catch let error as StoreError {
            complain("\(error.description)")
            throw error.exitCode
        } catch {
            complain(settings.mediaTrouble(error))
        }
        throw ExitCode(78)
    }

    /// For commands beside a running server: the database must be there in this program's shape already, because a new shape would end
    /// that server. A fresh one is brought into it.
    /// - Parameter mayBegin: Where there is no desk yet, one begins with this command.
    static func openBeside(_ options: Settings.Options, mayBegin: Bool = true) async throws -> Wiring {
        let settings = try await Settings.read(options)
        if !mayBegin, case .sqlite(let path) = settings.database, !FileManager.default.fileExists(atPath: path) {
            complain("There is no desk at \(path): set SCHALTER_DATABASE to the one you mean.")
            throw ExitCode(78)
        }
        let wiring = try await open(settings)
        let (version, known) = (try await wiring.store.version(), try Desk.newestVersion(for: wiring.store.dialect))
        if version != 0, version != known {
            complain("The database is in shape \(version), this program knows shape \(known): run `schalter migrate` of the newer one first.")
            throw ExitCode(78)
        }
        if version == 0, !mayBegin {
            complain("There is no desk in this database yet: `schalter serve` begins one.")
            throw ExitCode(78)
        }
        if version == 0 { try await wiring.migrate() }
        return wiring
    }

    func migrate() async throws {
        let place =
            switch settings.database {
            case .sqlite(let path): URL(filePath: path).path
            case .postgres: "the database on PostgreSQL"
            }
        try await Desk.migrate(store) { complain("Bringing \(place) up to date: \($0)") }
    }

    /// Ends a command: servers look at once at what it changed.
    func finish() async {
        try? await store.notify("look")
        await store.close()
    }
}

extension StoreError {
    /// 78 (EX_CONFIG) where starting again changes nothing; else 1, so that a service manager tries again.
    var exitCode: ExitCode {
        switch self {
        case .unreachable, .full, .timeout, .conflict, .commitUnknown, .closed, .inUse: ExitCode(1)
        default: ExitCode(78)
        }
    }
}
