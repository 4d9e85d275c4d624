import Simulators

/// What of the story stands on the network, by its key.
struct Told: Sendable {
    private var posts: [String: SimulatedPost] = [:]
    /// The moment of the last word of the present that was told; 0 while there is none.
    private(set) var progress = 0.0

    init() {}

    /// Recognises it by its writer and its words: the network remembers, nobody else needs to.
    init(_ town: Town, _ timeline: [SimulatedPost]) throws {
        let known = Dictionary(timeline.map { ([$0.acct, $0.text], $0) }) { first, _ in first }
        for post in town.posts { posts[post.key] = known[[TownOnMastodon.account, post.text]] }
        for message in town.messages {
            let acct = try town.citizen(message.citizen).acct
            let texts = [message.text, message.editedTo].compactMap(\.self).map { town.worded($0, by: message) }
            guard let post = texts.lazy.compactMap({ known[[acct, $0]] }).first else { continue }
            posts[message.key] = post
            progress = max(progress, message.moment)
        }
    }

    subscript(key: String) -> SimulatedPost? {
        get { posts[key] }
        set { posts[key] = newValue }
    }
}
