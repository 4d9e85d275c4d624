import Desk
import Foundation

/// All snippets by folder, and where a new one is written.
public struct SnippetsPage: PageValue {
    let frame: Frame
    let folders: [SnippetFolder]
    /// As it was typed.
    let form: SnippetForm

    public init(frame: Frame, folders: [SnippetFolder], form: SnippetForm) {
        self.frame = frame
        self.folders = folders
        self.form = form
    }

    public static let fields: Fields<SnippetsPage> = [
        "frame": \.frame, "folders": \.folders, "hasFolders": { !$0.folders.isEmpty }, "form": \.form,
    ]
}

/// One snippet, to be changed or removed.
public struct SnippetPage: PageValue {
    let frame: Frame
    let id: String
    let form: SnippetForm

    public init(frame: Frame, id: String, form: SnippetForm) {
        self.frame = frame
        self.id = id
        self.form = form
    }

    public static let fields: Fields<SnippetPage> = ["frame": \.frame, "id": \.id, "form": \.form]
}

public struct SnippetForm: PageValue {
    let folder: String
    let title: String
    let text: String
    let validUntil: String
    /// Folders there are already.
    let known: [String]
    let placeholders: [String]

    public init(folder: String = "", title: String = "", text: String = "", validUntil: String = "", known: [String]) {
        self.folder = folder
        self.title = title
        self.text = text
        self.validUntil = validUntil
        self.known = known
        placeholders = Snippet.Placeholder.allCases.map { "{\($0.rawValue)}" }
    }

    public static let fields: Fields<SnippetForm> = [
        "folder": \.folder, "title": \.title, "text": \.text, "validUntil": \.validUntil, "known": \.known, "placeholders": \.placeholders,
    ]
}

/// Snippets that lie together, on their page and in the menu beside an answer.
public struct SnippetFolder: PageValue {
    let name: String
    let snippets: [SnippetLine]

    public init(name: String, snippets: [SnippetLine]) {
        self.name = name
        self.snippets = snippets
    }

    public static let fields: Fields<SnippetFolder> = ["name": \.name, "snippets": \.snippets]
}

public struct SnippetLine: PageValue {
    let id: String
    let title: String
    let beginning: String
    /// It may not be used any more; since when.
    let expired: String?

    public init(id: String, title: String, beginning: String, expired: String?) {
        self.id = id
        self.title = title
        self.beginning = beginning
        self.expired = expired
    }

    public static let fields: Fields<SnippetLine> = [
        "id": \.id, "title": \.title, "beginning": \.beginning, "expired": \.expired,
    ]
}

extension SnippetFolder {
    /// - Parameter isOnlyUsable: Leaves out what is not valid any more.
    static func folders(of snippets: [Snippet], today: CivilDay, isOnlyUsable: Bool, _ words: Words) -> [SnippetFolder] {
        let usable = snippets.filter { !isOnlyUsable || $0.validUntil.map { $0 >= today } ?? true }
        return Dictionary(grouping: usable, by: \.folder).sorted { $0.key < $1.key }.map { name, snippets in
            SnippetFolder(
                name: name.isEmpty ? words("snippets.noFolder") : name,
                snippets: snippets.map { snippet in
                    let expired = snippet.validUntil.flatMap { $0 < today ? words("snippets.expired", ["day": words.date($0)]) : nil }
                    return SnippetLine(
                        id: "\(snippet.id)", title: snippet.title,
                        beginning: String(snippet.text.prefix(120).map { $0.isNewline ? " " : $0 }), expired: expired)
                })
        }
    }
}
