import Foundation

/// One connected account on one network, seen through that network's API.
///
/// An adapter is a value that knows its network and neither desk nor database: it turns raw bytes into ``InboundEvent``s, a neutral
/// ``OutboundAct`` into requests, and error answers into a ``DeliveryFailure`` whose kind decides what happens next.
public protocol Network: Sendable {
    /// What can be done through this account: the network's abilities, narrowed by its server and by the permissions we hold.
    var capabilities: Capabilities { get }

    /// Says what an item means. Pure: the same bytes always mean the same.
    /// - Throws: ``NotUnderstood`` where the bytes are of a shape this version does not know. They are kept and shown.
    func interpret(_ item: Item) throws(NotUnderstood) -> [InboundEvent]

    /// Opens the network's stream and yields what concerns us, until it breaks or the task is cancelled.
    /// Ends at once without yielding where the server offers no streaming (``Capabilities/streams``).
    func listen() -> AsyncThrowingStream<Heard, any Error>

    /// Fetches what is new after `cursor`, one page at a time and oldest first.
    /// - Parameter cursor: Where the last page ended; `nil` for the first fetch ever, which returns no history, only a cursor.
    func fetch(after cursor: String?) async throws(FetchFailure) -> Page

    /// Walks through everything the network still shows of the time since `start`, so that the journal can be compared with it.
    /// - Parameter open: Messages of ours and of citizens that the desk believes to be public still, as the network names them locally;
    ///   those that are gone come back as removals.
    /// - Returns: A stream of pages. It ends normally only when everything within reach has been seen, and throws a ``FetchFailure`` otherwise.
    func reconcile(since start: Date, open: [String]) -> AsyncThrowingStream<[Item], any Error>

    /// What stands above a message whose parent the desk does not have: from the root down to its parent.
    func ancestors(of localID: String) async throws(FetchFailure) -> [Item]

    /// Does the act. Never throws: a refusal is an answer.
    /// - Parameters:
    ///   - key: The same for each try of one delivery; sent as the network's idempotency key where it has one.
    ///   - mayLeave: Asked right before each request that changes what others see. Where it says no, the request does not leave, and the
    ///     outcome is `.postponed(.unreachable)`.
    func perform(_ act: OutboundAct, key: String, mayLeave: @escaping @Sendable () async -> Bool) async -> Outcome

    /// Looks whether an act whose fate is unknown became public after all.
    /// - Returns: What it became, or `nil` where it was not found, which proves nothing: reads lag writes.
    func lookUp(_ act: OutboundAct, since: Date) async throws(FetchFailure) -> Published?

    /// How long the network counts this answer, in its own unit, everything included that will be sent with it.
    func length(of reply: Reply) -> Int

    /// Cuts an answer that is too long into parts that each fit, at word boundaries, in order.
    func split(_ reply: Reply) -> [Reply]
}

/// What a listening adapter heard.
public enum Heard: Sendable, Equatable {
    case opened
    /// The server is there and has nothing to say.
    case heartbeat
    case item(Item)
}

/// One thing a network told us, as it came. Its key (object, verb, version) says whether we have it already.
public struct Item: Sendable, Hashable, Codable {
    /// The network's global name of the thing (on Mastodon the `uri`); where there is none, the hash of the bytes.
    public var object: String
    /// What happened to it, in the adapter's words: `status`, `delete`, `favourite` …
    public var verb: String
    /// Tells edits apart: the network's edit time or counter, empty where a thing has no versions.
    public var version: String
    /// Exactly what the network sent of this thing.
    public var bytes: Data

    public init(object: String, verb: String, version: String, bytes: Data) {
        self.object = object
        self.verb = verb
        self.version = version
        self.bytes = bytes
    }
}

public struct Page: Sendable, Equatable {
    public var items: [Item]
    /// Hand this to the next fetch, once the items are stored.
    public var cursor: String?
    /// Whether the next fetch would find more right now.
    public var hasMore: Bool

    public init(items: [Item], cursor: String?, hasMore: Bool) {
        self.items = items
        self.cursor = cursor
        self.hasMore = hasMore
    }
}

/// The adapter does not know what these bytes mean.
public struct NotUnderstood: Error, Equatable {
    /// For the channel's page and the next engineer, in English; holds no text of a citizen.
    public var why: String
    public init(_ why: String) { self.why = why }
}

/// Why reading from a network failed. Judged by status and code, never by text.
public enum FetchFailure: Error, Equatable, Sendable {
    /// The token is expired or revoked: nothing will work until somebody reconnects the channel.
    case tokenExpired
    /// The token lacks a permission.
    case permissionMissing
    /// This server does not have this part of the API.
    case notOffered
    /// Ask again at this time.
    case rateLimited(until: Date)
    /// The server cannot be reached, or its answer broke off.
    case unreachable
    /// The server answered with a fault of its own (5xx), or with something that is no answer of this API.
    case serverTrouble(status: Int)
}
