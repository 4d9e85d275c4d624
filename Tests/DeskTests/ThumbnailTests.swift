import Foundation
import Musterstadt
import Networks
import Testing

@testable import Desk

/// The small picture beside the words of a row.
struct ThumbnailTests {
    private func message(_ id: String, warning: String? = nil, isSensitive: Bool = false, editedAt: Date? = nil) -> InboundMessage {
        var message = InboundMessage.example("Ein Schlagloch", id: id, by: "a\(id)@a.example", editedAt: editedAt)
        message.media = ["video", "image", "image"].enumerated().map { number, kind in
            InboundMedia(kind: kind == "image" ? .image : .video, url: "https://a.example/\(id)-\(number)", altText: nil)
        }
        message.warning = warning
        message.isSensitive = isSensitive
        return message
    }

    /// As if they had been fetched.
    private func store(_ bench: Bench) async throws {
        try await bench.desk.store.write { db in _ = try db.run("UPDATE media SET state = 'stored', digest = 'x', type = 'image/png'") }
    }

    private func thumbnails(_ bench: Bench) async throws -> [ID<Media>?] {
        try await bench.desk.conversations.list(.open).sorted { $0.id.rawValue < $1.id.rawValue }.map(\.thumbnail)
    }

    @Test(arguments: Engine.allCases) func `a row shows the first picture, as soon as it is here`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(message("1"))
            #expect(try await thumbnails(bench) == [nil])
            try await store(bench)
            let thumbnail = try #require(try await thumbnails(bench).first ?? nil)
            let first: ID<Media>? = try await bench.desk.store.read { db in try db.value("SELECT min(id) FROM media WHERE kind = 'image'") }
            #expect(thumbnail == first)
        }
    }

    @Test(arguments: Engine.allCases) func `what its writer warns of or calls sensitive shows no picture in a list`(on engine: Engine) async throws {
        try await Bench.with(engine) { bench in
            try await bench.hear(message("1", warning: "Unfall", isSensitive: true))
            try await bench.hear(message("2", isSensitive: true))
            try await bench.hear(message("3"))
            try await store(bench)
            var shown = try await thumbnails(bench).map { $0 != nil }
            #expect(shown == [false, false, true])
            // Its writer, or their server, thinks better of it.
            try await bench.hear(message("3", isSensitive: true, editedAt: bench.time))
            shown = try await thumbnails(bench).map { $0 != nil }
            #expect(shown == [false, false, false])
        }
    }
}
