import ArgumentParser
import Foundation
import Logging
import Store

/// Measures the program against itself: the same figures with few and with many conversations, each a line of JSON.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench", abstract: "Measures the program on two empty databases, one for few conversations and one for many.")

    enum Topic: String, CaseIterable, ExpressibleByArgument { case start, inbox, conversation, search, journal, intake, live, memory, idle }

    @Argument(help: "What to measure; everything without.") var topics: [Topic] = Topic.allCases
    @Option(help: "An empty database for few conversations.") var smallDatabase: String
    @Option(help: "An empty database for many.") var largeDatabase: String
    @Option var few = 10_000
    @Option var many = 1_000_000

    func run() async throws {
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .error
            return handler
        }
        let small = try await figures(database: smallDatabase, conversations: few)
        for figure in small { figure.print() }
        for var figure in try await figures(database: largeDatabase, conversations: many) {
            if figure.baseline == nil, let before = small.first(where: { $0.name == figure.name }), before.value > 0 {
                figure.baseline = "\(figure.name) with \(few) conversations"
                figure.ratio = figure.value / before.value
            }
            figure.print()
        }
    }

    private func figures(database: String, conversations: Int) async throws -> [Figure] {
        complain("\(database): \(conversations) conversations …")
        let folder = FileManager.default.temporaryDirectory.appending(path: "schalter-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await BenchGround.whileOpen(database: database, folder: folder, conversations: conversations) { ground in
            var figures: [Figure] = []
            for topic in Topic.allCases where topics.contains(topic) {
                complain("  \(topic.rawValue) …")
                figures += try await ground.measure(topic)
            }
            return figures
        }
    }
}
