import Desk
import Foundation
import Hummingbird
import Networks

/// What a list can be narrowed to, and what it is narrowed to now.
public struct FilterForm: PageValue, Hashable {
    let view: InboxList.View
    let channels: [Choice]
    let isPublic: Bool
    let isPrivate: Bool
    let from: String
    let until: String
    let hasPhoto: Bool
    /// The citizen's id, whose conversations alone are shown; `nil` for everybody's.
    let citizen: String?
    /// A post's id, and how it begins: only what stands under it is shown.
    let post: String?
    let postBeginning: String
    let isOn: Bool
    /// Where what is shown is to be had as a table; `nil` for readers.
    let exportPath: String?
    /// As it stands in a path.
    let query: String
    /// Whether it can be saved, also for the team; `nil` for what was searched.
    let saving: Saving?

    /// What a list is narrowed to, to be saved under a name.
    public struct Saving: PageValue, Hashable {
        let query: String
        let canShare: Bool

        public init(query: String, canShare: Bool) {
            self.query = query
            self.canShare = canShare
        }

        public static let fields: Fields<Saving> = ["query": \.query, "canShare": \.canShare]
    }

    public init(
        _ filter: InboxFilter, in view: InboxList.View, channels: [Choice], postBeginning: String = "", exportPath: String?, saving: Saving? = nil
    ) {
        self.saving = saving
        self.view = view
        self.exportPath = exportPath
        self.channels = channels
        isPublic = filter.visibility == .public
        isPrivate = filter.visibility == .private
        from = filter.from?.text ?? ""
        until = filter.until?.text ?? ""
        hasPhoto = filter.hasPhoto
        citizen = filter.citizen.map { "\($0)" }
        post = filter.post.map { "\($0)" }
        self.postBeginning = postBeginning
        isOn = !filter.isEmpty
        query = filter.query
    }

    public static let fields: Fields<FilterForm> = [
        "view": \.view.rawValue, "exportPath": \.exportPath, "channels": \.channels, "isPublic": \.isPublic, "isPrivate": \.isPrivate, "from": \.from, "until": \.until, "hasPhoto": \.hasPhoto,
        "citizen": \.citizen, "post": \.post, "postBeginning": \.postBeginning, "isOn": \.isOn, "saving": \.saving,
    ]
}

extension InboxFilter {
    /// As a path has it; what is no such thing is left out.
    init(_ request: Request) {
        self.init { request.query($0) }
    }

    /// - Parameter value: Of a parameter; empty where it is missing.
    init(_ value: (String) -> String) {
        self.init()
        channel = ID(value("channel"))
        citizen = ID(value("citizen"))
        post = ID(value("post"))
        visibility = Visibility(rawValue: value("scope"))
        from = CivilDay(value("from"))
        until = CivilDay(value("until"))
        hasPhoto = value("photo") == "yes"
    }

    /// Leads back to the same list.
    var query: String {
        let pairs = [
            ("channel", channel.map { "\($0)" }), ("citizen", citizen.map { "\($0)" }), ("post", post.map { "\($0)" }), ("scope", visibility?.rawValue), ("from", from?.text),
            ("until", until?.text), ("photo", hasPhoto ? "yes" : nil),
        ]
        return pairs.map { name, value in value.map { "&\(name)=\($0)" } ?? "" }.joined()
    }
}
