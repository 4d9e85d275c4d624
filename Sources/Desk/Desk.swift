import Foundation
import Logging
import Networks
import Store

/// The service itself. Its stations stand in the order in which a message passes them.
public struct Desk: Sendable {
    public let channels: Channels            // connected accounts: their keys, their health, how complete
    public let intake: Intake                // what a network tells us becomes a message in a conversation
    public let conversations: Conversations  // assign, close, reopen
    public let replies: Replies              // draft, send, note
    public let snippets: Snippets            // what is said again and again
    public let alarms: Alarms                // somebody may be in danger
    public let redirectTexts: RedirectTexts  // where help is
    public let outbox: Outbox                // on its way to a network, and what became of it

    public let facts: DailyFacts             // what is so today, beside every answer
    public let figures: FigureReports        // how citizens are served, and never by whom
    public let savedViews: SavedViews        // lists that somebody comes back to
    public let search: Search                // find a conversation by its words
    public let files: MediaFiles             // pictures, beside the database
    public let calendars: Calendars          // when the authority is there, and by when something is due
    public let team: Team                    // who works here, and who may do what
    public let teams: NamedTeams             // colleagues to whom something is given together
    public let record: Record                // what happened
    public let erasure: Erasure              // removed means removed

    public let store: Store
    public let clock: Clock
    let fate: Fate
    let log: Logger
    /// This node's name while it runs, by which leases know it.
    let node = UUID().uuidString
    let sealer: Sealer
    let mediaFetcher: MediaFetcher
    let compaction: Compaction

    /// - Parameter fate: Called at each death point; only our own harness gives it a meaning.
    public init(
        store: Store, keys: KeyRing, files: MediaFiles, world: World, clock: Clock = .system, log: Logger,
        fate: @escaping Fate = { _ in }
    ) {
        self.store = store
        self.files = files
        self.clock = clock
        self.fate = fate
        self.log = log
        channels = Channels(store: store, keys: keys, world: world)
        intake = Intake(store: store, journal: Journal(store: store), fate: fate)
        conversations = Conversations(store: store)
        replies = Replies(store: store, channels: channels, files: files, fate: fate)
        snippets = Snippets(store: store)
        alarms = Alarms(store: store)
        redirectTexts = RedirectTexts(store: store)
        outbox = Outbox(store: store, fate: fate)
        facts = DailyFacts(store: store)
        figures = FigureReports(store: store)
        savedViews = SavedViews(store: store)
        search = Search(store: store)
        calendars = Calendars(store: store)
        team = Team(store: store, keys: keys)
        teams = NamedTeams(store: store)
        record = Record(store: store)
        erasure = Erasure(store: store)
        sealer = Sealer(store: store, fate: fate)
        mediaFetcher = MediaFetcher(store: store, files: files, world: world, clock: clock, log: log)
        compaction = Compaction(store: store, clock: clock)
    }
}
