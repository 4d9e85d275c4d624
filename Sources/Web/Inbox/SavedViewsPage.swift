import Desk
import Foundation
import Networks

/// The saved views that somebody sees.
public struct SavedViewsPage: PageValue {
    let frame: Frame
    let views: [SavedViewLine]

    public init(frame: Frame, views: [SavedViewLine]) {
        self.frame = frame
        self.views = views
    }

    public static let fields: Fields<SavedViewsPage> = ["frame": \.frame, "views": \.views, "hasViews": { !$0.views.isEmpty }]
}

/// One of them, with what it shows in words.
public struct SavedViewLine: PageValue {
    let id: String
    let name: String
    let path: String
    /// „Offen, nur mit Bild“.
    let what: String
    let isShared: Bool
    /// Who shares it; `nil` where it is their own.
    let owner: String?
    let canChange: Bool
    /// Readers keep theirs to themselves.
    let canShare: Bool

    public init(
        id: String, name: String, path: String, what: String, isShared: Bool, owner: String?, canChange: Bool, canShare: Bool
    ) {
        self.id = id
        self.name = name
        self.path = path
        self.what = what
        self.isShared = isShared
        self.owner = owner
        self.canChange = canChange
        self.canShare = canShare
    }

    public static let fields: Fields<SavedViewLine> = [
        "id": \.id, "name": \.name, "path": \.path, "what": \.what, "isShared": \.isShared, "owner": \.owner, "isOwn": { $0.owner == nil },
        "canChange": \.canChange, "canShare": \.canShare,
    ]
}

extension SavedViewLine {
    init(_ view: SavedView, channels: [Channel], for visit: Visit, _ words: Words) {
        let isOwn = view.owner == visit.me
        self.init(
            id: "\(view.id)", name: view.name, path: "/inbox?\(view.query)",
            what: InboxLists.Wish(saved: view.query).inWords(channels, words), isShared: view.isShared, owner: isOwn ? nil : view.ownerName,
            canChange: isOwn || visit.isAdmin, canShare: visit.isEditor)
    }
}

extension InboxLists.Wish {
    /// - Parameter query: As a path has it; what is no such thing is left out.
    init(saved query: String) {
        let pairs = (try? Form.pairs(query)) ?? [:]
        self.init()
        view = InboxList.View(rawValue: pairs["view"] ?? "") ?? .open
        filter = InboxFilter { pairs[$0] ?? "" }
    }

    fileprivate func inWords(_ channels: [Channel], _ words: Words) -> String {
        var parts = [words("inbox.view.\(view.rawValue)")]
        if let id = filter.channel { parts.append(channels.first { $0.id == id }?.handle ?? words("filter.goneChannel")) }
        if let visibility = filter.visibility { parts.append(words(visibility == .public ? "filter.public" : "filter.private")) }
        if let from = filter.from { parts.append("\(words("filter.from")) \(words.date(from))") }
        if let until = filter.until { parts.append("\(words("filter.until")) \(words.date(until))") }
        if filter.hasPhoto { parts.append(words("filter.photo")) }
        if filter.citizen != nil { parts.append(words("filter.onePerson")) }
        return parts.joined(separator: ", ")
    }
}
