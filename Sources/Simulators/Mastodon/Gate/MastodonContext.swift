import Hummingbird

/// What travels with a request through the simulator.
struct MastodonContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// From query and body alike; real servers take them from either.
    var fields = Fields()
    var files: [UploadedFile] = []
    /// The body as JSON, where it was that; the control API takes what fields can't say.
    var json: JSON?
    /// Closes the connection under whoever asked.
    let hangUp: @Sendable () async -> Void

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        let channel = source.channel
        // The client sees a connection that ends without an answer; whether the close succeeded changes nothing for it.
        hangUp = { try? await channel.close() }
    }
}
