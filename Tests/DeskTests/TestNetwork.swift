import Foundation
import Networks

@testable import Desk

/// A network that exists in memory only: what it says is what the test wrote, and it takes every reply.
struct TestNetwork: Network {
    var capabilities = Capabilities(
        abilities: Set(Capabilities.Ability.allCases), maxLength: 500, maxMedia: 4, maxAltText: 1500, maxImageSize: 1 << 20,
        mediaTypes: ["image/png"], streams: false, idempotencySeconds: 0, missing: [])
    var outcome: Outcome = .delivered(Published(object: "https://muster.example/1", localID: "1", url: nil))

    var whilePerforming: @Sendable () async -> Void = {}

    func interpret(_ item: Item) throws(NotUnderstood) -> [InboundEvent] { [] }
    func listen() -> AsyncThrowingStream<Heard, any Error> { AsyncThrowingStream { $0.finish() } }
    func fetch(after cursor: String?) async throws(FetchFailure) -> Page { Page(items: [], cursor: cursor, hasMore: false) }
    func reconcile(since start: Date, open: [String]) -> AsyncThrowingStream<[Item], any Error> { AsyncThrowingStream { $0.finish() } }
    func ancestors(of localID: String) async throws(FetchFailure) -> [Item] { [] }
    func perform(_ act: OutboundAct, key: String, mayLeave: @escaping @Sendable () async -> Bool) async -> Outcome {
        await whilePerforming()
        return await mayLeave() ? outcome : .postponed(.unreachable)
    }
    func lookUp(_ act: OutboundAct, since: Date) async throws(FetchFailure) -> Published? { nil }
    func length(of reply: Reply) -> Int { reply.text.count }
    func split(_ reply: Reply) -> [Reply] { [reply] }
}

extension InboundMessage {
    /// A citizen's message as an adapter would tell of it.
    static func example(
        _ text: String, id: String = "7", by handle: String = "ida@anderswo.example", editedAt: Date? = nil,
        visibility: Visibility = .public, under parent: String? = nil, isOurs: Bool = false
    ) -> InboundMessage {
        InboundMessage(
            object: "https://anderswo.example/\(id)", localID: id,
            author: Author(object: "https://anderswo.example/@\(handle)", localID: handle, handle: handle, displayName: "Ida Beispiel"),
            isOurs: isOurs, text: text, visibility: visibility, networkVisibility: visibility == .public ? "public" : "direct",
            parentLocalID: parent, mentionsUs: true, writtenAt: Date(timeIntervalSince1970: 1_795_000_000), editedAt: editedAt)
    }
}
