import Foundation
import Hummingbird
import Logging
import ServiceLifecycle

/// A simulated Mastodon server over HTTP: the network from its own side.
public struct MastodonSimulator: Sendable {
    /// Its memory and its verbs, for whoever runs it in the same process.
    public let server: SimulatedMastodon

    public init(world: MastodonWorld = .small, clock: @escaping @Sendable () -> Date = { Date() }) {
        server = SimulatedMastodon(world: world, clock: clock)
    }

    /// Listens until the task is cancelled or the surrounding service group shuts down.
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - memory: The file that keeps everything over a restart; `nil` for none. It is behind by a second at most.
    ///   - onStart: Told the port once connections are accepted.
    public func run(
        host: String = "127.0.0.1", port: Int = 0, memory: URL? = nil, onStart: @escaping @Sendable (Int) async -> Void = { _ in }
    ) async throws {
        if let memory { try await server.recall(from: memory) }
        var logger = Logger(label: "mastodon-nachbau")
        logger.logLevel = .critical  // streams that end with the server are no errors
        var application = Application(
            router: router(), configuration: .init(address: .hostname(host, port: port), serverName: "Mastodon"),
            onServerRunning: { channel in
                let actual = channel.localAddress?.port ?? port
                await server.listens(at: "http://\(host.contains(":") ? "[\(host)]" : host):\(actual)")
                await onStart(actual)
            }, logger: logger)
        application.addServices(StreamsEnd(server: server))
        if let memory { application.addServices(MemoryKeeper(server: server, file: memory)) }
        try await application.run()
    }

    func router() -> Router<MastodonContext> {
        let router = Router(context: MastodonContext.self)
        router.add(middleware: AnswerUnknown())
        router.add(middleware: ReadParameters())
        router.add(middleware: KeepRecord(server: server))
        router.add(middleware: GoWrong(server: server))
        router.add(middleware: LimitRate(server: server))
        WireRoutes(router: router, server: server).addAll()
        return router
    }
}

extension SimulatedMastodon {
    func listens(at base: String) { self.base = base }
}

/// Ends open streams when the server is told to stop; it would wait for their listeners otherwise.
private struct StreamsEnd: Service {
    let server: SimulatedMastodon

    func run() async throws {
        try? await gracefulShutdown()  // a cancellation ends the streams just as well
        await server.shutDown()
    }
}

/// Writes the memory to its file once a second while it changes, and a last time at the end.
private struct MemoryKeeper: Service {
    let server: SimulatedMastodon
    let file: URL

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await server.keep(in: file)  // tried again in a second
                try? await Task.sleep(for: .seconds(1))
            }
        }
        try await server.keep(in: file)
    }
}
