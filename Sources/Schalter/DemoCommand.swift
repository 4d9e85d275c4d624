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

    @Option(help: "Where the desk's files lie; made anew at each start.") var folder = "var/demo"
    @Option(help: "The desk's port.") var port = 8080
    @Option(help: "The simulated network's port.") var networkPort = 8081

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .warning
            return handler
        }
        try? FileManager.default.removeItem(atPath: folder)
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var options = try Settings.Options.parse([])
        options.database = "sqlite:\(folder)/musterstadt.sqlite"
        options.listen = "127.0.0.1:\(port)"
        options.allowNetwork = ["127.0.0.0/8"]
        let wiring = try await Wiring.open(options)
        try await wiring.store.own()
        try await Desk.migrate(wiring.store)
        let address = wiring.settings.publicURL.absoluteString
        try await Demo(desk: wiring.desk).run(networkPort: networkPort) { network, play in
            try await Server(wiring: wiring) {
                say("The simulated network, where you can write as a citizen: \(network)")
                await play()
            }.run()
        } signIn: { token in
            say("Sign in as Jana Probst, admin: \(address)/signin/\(token)")
        }
    }
}
