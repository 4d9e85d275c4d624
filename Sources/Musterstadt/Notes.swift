import Desk
import Foundation
import Simulators
import Store

/// What the team noted before the start: written once the conversation is there, which then is the writer's.
struct Notes: Sendable {
    let town: Town
    let desk: Desk
    let team: [String: ID<Colleague>]

    /// Writes what is not there yet; returns when every note is, which takes until the desk has fetched the backlog.
    func write(_ server: SimulatedMastodon) async throws {
        let start = desk.clock.now()
        let told = try Told(town, await server.timeline)
        var open = town.notes
        let hints = desk.store.hints()
        open = try await stillOpen(open, told, since: start)
        guard !open.isEmpty else { return }
        for await hint in hints where hint == .changed {
            open = try await stillOpen(open, told, since: start)
            if open.isEmpty { return }
        }
    }

    private func stillOpen(_ notes: [TownNote], _ told: Told, since start: Date) async throws -> [TownNote] {
        var left: [TownNote] = []
        for note in notes where try await !write(note, told, since: start) { left.append(note) }
        return left
    }

    /// - Returns: `false` where its conversation isn't there yet.
    private func write(_ note: TownNote, _ told: Told, since start: Date) async throws -> Bool {
        // What is not on the network any more never comes.
        guard let post = told[note.message] else { return true }
        guard let conversation = try await desk.conversation(of: post.uri) else { return false }
        guard try await !isThere(note, in: conversation) else { return true }
        let (writer, jana) = (try team.colleague(note.colleague), try team.colleague("jana"))
        let moment = try town.message(note.message).moment + note.minutesLater * 60
        try await desk.replies.note(note.text, in: conversation, by: writer, at: start.addingTimeInterval(min(0, moment)))
        try await desk.conversations.assign(conversation, to: writer, by: jana, at: desk.clock.now())
        return true
    }

    private func isThere(_ note: TownNote, in conversation: ID<Conversation>) async throws -> Bool {
        try await desk.store.read { db in
            try db.row(
                "SELECT 1 FROM message WHERE conversation_id = \(conversation) AND direction = 'note' AND text = \(note.text)"
            ) != nil
        }
    }
}
