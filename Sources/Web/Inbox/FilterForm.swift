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

    public init(_ filter: InboxFilter, in view: InboxList.View, channels: [Choice], postBeginning: String = "", exportPath: String?) {
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
        "citizen": \.citizen, "post": \.post, "postBeginning": \.postBeginning, "isOn": \.isOn,
    ]
}

extension InboxFilter {
    /// As a path has it; what is no such thing is left out.
    init(_ request: Request) {
        self.init()
        channel = ID(request.query("channel"))
        citizen = ID(request.query("citizen"))
        post = ID(request.query("post"))
        visibility = Visibility(rawValue: request.query("scope"))
        from = CivilDay(request.query("from"))
        until = CivilDay(request.query("until"))
        hasPhoto = request.query("photo") == "yes"
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
