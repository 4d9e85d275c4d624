@testable import Web

extension SampleTown {
    var deeds: [Sample] {
        [
            Sample(
                name: "edit", view: "message/edit",
                value: MessageEditPage(
                    frame: frame(.inbox, flashes: [words.refusal("notEditable")]), conversationID: "1", query: "?view=mine", messageID: "24",
                    network: "Mastodon",
                    text: "Ab etwa 14:30 Uhr fährt die S3 wieder. ^LK", mention: "@miri@norden.example ", limit: 500, length: 60,
                    version: 0, token: "beispiel")),
            Sample(
                name: "deletion", view: "message/deletion",
                value: MessageDeletionPage(
                    frame: frame(.inbox), conversationID: "1", query: "?view=mine", messageID: "24", network: "Mastodon",
                    body: TextPiece.body(of: "Ab etwa 14:30 Uhr fährt die S3 wieder. ^LK"), token: "beispiel")),
            Sample(
                name: "erasure", view: "conversation/erasure",
                value: ErasurePage(
                    frame: frame(.inbox, flashes: [words.refusal("reasonMissing")]), conversationID: "1", who: "Miriam Okafor",
                    handle: "miri@norden.example", messages: 12, conversations: 3, words: words)),
        ]
    }
}
