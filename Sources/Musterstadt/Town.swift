import Foundation

/// Musterstadt as it is written down: its team, its citizens, and what they say to each other. Nothing here happens yet.
public struct Town: Sendable {
    public let authority: TownAuthority
    public let staff: [Staff]
    public let teams: [TownTeam]
    public let citizens: [CitizenProfile]
    public let posts: [TownPost]
    public let messages: [TownMessage]
    public let answers: [TownAnswer]
    public let notes: [TownNote]
    public let facts: [TownFact]

    /// Reads the folder beside the program.
    public init() throws {
        guard let folder = Bundle.module.url(forResource: "Town", withExtension: nil) else { throw NotShipped() }
        try self.init(folder: folder)
    }

    public init(folder: URL) throws {
        func read<File: Decodable>(_ name: String, as type: File.Type) throws -> File {
            try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: name)))
        }
        let office = try read("staff.json", as: Office.self)
        authority = office.authority
        staff = office.staff
        teams = office.teams
        citizens = try read("citizens.json", as: Citizens.self).citizens
        posts = try read("posts.json", as: Posts.self).posts
        messages = try read("messages.json", as: Messages.self).messages
        answers = try read("answers.json", as: Answers.self).answers
        notes = try read("notes.json", as: Notes.self).notes
        facts = try read("facts.json", as: Facts.self).facts
    }

    public func citizen(_ key: String) throws -> CitizenProfile {
        guard let citizen = citizens.first(where: { $0.key == key }) else { throw Unknown(what: "citizen", key: key) }
        return citizen
    }

    public func message(_ key: String) throws -> TownMessage {
        guard let message = messages.first(where: { $0.key == key }) else { throw Unknown(what: "message", key: key) }
        return message
    }

    /// The town itself is not there.
    public struct NotShipped: Error, CustomStringConvertible {
        public let description = "The folder with the example town is missing: it belongs beside the program."
    }

    /// Nobody and nothing in the town has this key.
    public struct Unknown: Error, CustomStringConvertible {
        let what: String
        let key: String
        public var description: String { "There is no \(what) called \(key) in Musterstadt." }
    }
}

extension Town {
    private struct Office: Decodable {
        let authority: TownAuthority
        let staff: [Staff]
        let teams: [TownTeam]
    }
    private struct Citizens: Decodable { let citizens: [CitizenProfile] }
    private struct Posts: Decodable { let posts: [TownPost] }
    private struct Messages: Decodable { let messages: [TownMessage] }
    private struct Answers: Decodable { let answers: [TownAnswer] }
    private struct Facts: Decodable { let facts: [TownFact] }
    private struct Notes: Decodable { let notes: [TownNote] }
}
