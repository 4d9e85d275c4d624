import Desk
import Foundation
import Hummingbird
import Logging

/// The pages of a desk: which route leads where, and what every request passes first.
public struct Site: Sendable {
    let desk: Desk
    let pages: Pages
    let feed: LiveFeed
    let log: Logger

    /// Loads views, words and assets.
    /// - Parameter cookie: What the session's cookie is called.
    /// - Throws: Where a file is missing beside the program or is malformed, or the machine does not know Europe/Berlin.
    public init(desk: Desk, publicURL: URL, cookie: String = "schalter", log: Logger) throws {
        self.init(desk: desk, pages: try Pages(desk: desk, publicURL: publicURL, cookie: cookie), log: log)
    }

    init(desk: Desk, pages: Pages, log: Logger) {
        self.desk = desk
        self.pages = pages
        self.log = log
        feed = LiveFeed(desk: desk, pages: pages, log: log)
    }

    /// The server, with the live feed beside it.
    /// - Parameters:
    ///   - port: 0 for any that is free.
    ///   - onStart: Told the port once connections are accepted.
    public func application(host: String, port: Int, onStart: @escaping @Sendable (Int) async -> Void = { _ in })
        -> some ApplicationProtocol
    {
        Application(
            router: router(),
            configuration: .init(
                address: .hostname(host, port: port), availableConnectionsDelegate: .maximum(Self.mostConnections, logger: log)),
            services: [feed],
            onServerRunning: { channel in await onStart(channel.localAddress?.port ?? port) }, logger: log)
    }

    /// Each open desk keeps one; whoever opens more than that only keeps others waiting, and never takes the database its files.
    private static let mostConnections = 4000

    func router() -> Router<Caller> {
        let router = Router(context: Caller.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: AddHeaders(publicURL: pages.publicURL))
        // Twice: outside for trouble in finding out who asks, inside with the language of whoever asked.
        router.add(middleware: ExplainTrouble(pages: pages, log: log))
        router.add(middleware: KnowCaller(desk: desk, pages: pages))
        router.add(middleware: ExplainTrouble(pages: pages, log: log))
        router.add(middleware: CheckOrigin(publicURL: pages.publicURL))
        addOpen(to: router)
        let visits = router.group(context: Visit.self)
        addReading(to: visits)
        addEditing(to: visits.group().add(middleware: Demand(role: .editor)))
        TeamRoutes(desk: desk, pages: pages).addDuty(to: visits.group().add(middleware: Demand(role: .dutyEditor)))
        addAdministration(to: visits.group().add(middleware: Demand(role: .admin)))
        return router
    }

    /// For everybody.
    private func addOpen(to routes: some RouterMethods<Caller>) {
        HealthRoutes(desk: desk).add(to: routes)
        AssetRoutes(assets: pages.assets).add(to: routes)
        AppRoutes(pages: pages).add(to: routes)
        SetupRoutes(desk: desk, pages: pages).add(to: routes)
        SignInRoutes(desk: desk, pages: pages).add(to: routes)
    }

    /// For everybody who is signed in.
    private func addReading(to routes: some RouterMethods<Visit>) {
        StartRoutes(desk: desk, pages: pages, channels: channels).add(to: routes)
        InboxRoutes(desk: desk, lists: lists, pages: pages).add(to: routes)
        PostRoutes(desk: desk, pages: pages).add(to: routes)
        SavedViewRoutes(desk: desk, pages: pages).add(to: routes)
        ConversationRoutes(desk: desk, pages: pages, conversations: conversations).addReading(to: routes)
        PrintRoutes(desk: desk, pages: pages).add(to: routes)
        ChannelRoutes(desk: desk, pages: pages, channels: channels).addReading(to: routes)
        FactRoutes(desk: desk, pages: pages).addReading(to: routes)
        AlarmRoutes(desk: desk, pages: pages, conversations: conversations).addReading(to: routes)
        AlarmListRoutes(desk: desk, pages: pages).addReading(to: routes)
        FigureRoutes(desk: desk, pages: pages).add(to: routes)
        AccountRoutes(desk: desk, pages: pages).add(to: routes)
        SecondFactorRoutes(desk: desk, pages: pages).add(to: routes)
        MediaRoutes(desk: desk).add(to: routes)
        LiveRoutes(desk: desk, feed: feed).add(to: routes)
        PresenceRoutes(desk: desk, feed: feed).add(to: routes)
    }

    private func addEditing(to routes: some RouterMethods<Visit>) {
        ConversationRoutes(desk: desk, pages: pages, conversations: conversations).addEditing(to: routes)
        SnippetRoutes(desk: desk, pages: pages, conversations: conversations).add(to: routes)
        FactRoutes(desk: desk, pages: pages).addEditing(to: routes)
        AlarmRoutes(desk: desk, pages: pages, conversations: conversations).addEditing(to: routes)
        AlarmListRoutes(desk: desk, pages: pages).addEditing(to: routes)
        ExportRoutes(desk: desk, pages: pages).add(to: routes)
        SelectionRoutes(desk: desk, pages: pages).add(to: routes)
        ReplyRoutes(desk: desk, pages: pages, conversations: conversations).add(to: routes)
        DeliveryRoutes(desk: desk, conversations: conversations).add(to: routes)
        MessageRoutes(desk: desk, pages: pages, conversations: conversations).add(to: routes)
    }

    private func addAdministration(to routes: some RouterMethods<Visit>) {
        ErasureRoutes(desk: desk, pages: pages).add(to: routes)
        ChannelRoutes(desk: desk, pages: pages, channels: channels).addConnecting(to: routes)
        TeamRoutes(desk: desk, pages: pages).addAdministration(to: routes)
        NamedTeamRoutes(desk: desk, pages: pages).add(to: routes)
        AuthorityRoutes(desk: desk, pages: pages).add(to: routes)
        HoursRoutes(desk: desk, pages: pages).add(to: routes)
    }

    private var lists: InboxLists { InboxLists(desk: desk, pages: pages) }
    private var conversations: ConversationPages { ConversationPages(desk: desk, pages: pages, lists: lists) }
    private var channels: ChannelPages { ChannelPages(desk: desk, pages: pages) }
}
