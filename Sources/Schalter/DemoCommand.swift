import ArgumentParser
import Desk
import Foundation
import Logging
import Musterstadt
import Networks
import Simulators
import Store
import Web

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Opens the counter of Musterstadt, an invented town, on a simulated network.")

    @Option(help: "Where the desk's files lie; its own are made anew at each start, others are left alone.") var folder = "var/demo"
    @Option(help: "The desk's port.") var port = 8080
    @Option(help: "The simulated network's port.") var networkPort = 8081

    private static let file = "musterstadt.sqlite"

    func validate() throws {
        guard (0...65535).contains(networkPort) else { throw ValidationError("The network's port is a number up to 65535.") }
    }

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .warning
            return handler
        }
        try clear()
        var options = try Settings.Options.parse([])
        options.database = "sqlite:\(folder)/\(Self.file)"
        options.listen = "127.0.0.1:\(port)"
        options.allowNetwork = ["127.0.0.0/8"]
        let wiring = try await Wiring.open(options)
        try await wiring.store.own()
        try await Desk.migrate(wiring.store)
        let address = wiring.settings.publicURL.absoluteString
        try await Demo(desk: wiring.desk).run(networkPort: networkPort) { network, link, play in
            try await Server(wiring: wiring, otherAddress: "--port", cookie: "schalter-demo") {
                say("Sign in as Jana Probst, admin: \(address)/signin/\(link)")
                say("The simulated network, where you can write as a citizen: \(network)")
                say("Ctrl+C ends the demo. Each start begins Musterstadt anew.")
                await play()
            }.run()
        }
    }

    /// What the program lays beside a database, and the database itself.
    private static let endings = ["", "-wal", "-shm", "-journal", ".key", ".media", ".migration"]

    /// Away with what an earlier demo left.
    private func clear() throws {
        let files = FileManager.default
        do {
            try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let lock = try FileLock(beside: "\(folder)/\(Self.file)")
            try withExtendedLifetime(lock) {
                for path in Self.endings.map({ "\(folder)/\(Self.file)\($0)" }) where files.fileExists(atPath: path) {
                    try files.removeItem(atPath: path)
                }
            }
        } catch let error as CocoaError {
            complain("The folder \(folder) can't be used: \(error.localizedDescription)")
            throw ExitCode(78)
        } catch StoreError.inUse {
            complain("A demo runs on \(folder) already: end it first, or give this one another --folder, --port and --network-port.")
            throw ExitCode(1)
        }
    }
}
