import Desk
import Foundation
import Networks

/// Makes the place where an answer or a note is written.
struct Composers: Sendable {
    let desk: Desk
    let pages: Pages

    /// What was typed before and is shown again after a refusal.
    struct Typed: Sendable {
        var reply: String?
        var note: String?
        var warning: String?
        /// Beside a file that has to be chosen anew, because no form can be filled with it again.
        var altText: String?
        var isHolding = false
        /// Of an answer given on the telephone.
        var telephone: OtherAnswerForm?
    }

    func composer(
        _ open: OpenConversation, can: Capabilities?, days: DayChoice, query: String, typed: Typed, for visit: Visit
    ) async throws -> Composer {
        let thread = open.thread
        let words = pages.words(visit.language)
        let id = "\(thread.conversation.id)"
        let hindrance = hindrance(thread, can, visit, words)
        return Composer(
            conversationID: id, query: query,
            reply: hindrance == nil ? try await reply(open, can, days, typed, visit.colleague.preferences.signature, words) : nil,
            // Who pressed "send" was told above it.
            hindrance: typed.reply == nil ? hindrance : nil,
            canTakeOver: hindrance != nil && visit.isEditor && thread.isAnswered(byOtherThan: visit.me),
            keptDraft: hindrance == nil ? nil : typed.reply ?? open.draft.flatMap { $0.text.isEmpty ? nil : $0.text },
            canNote: visit.isEditor,
            note: typed.note ?? "", beginsWithNote: typed.note != nil)
    }

    private func hindrance(_ thread: Correspondence, _ can: Capabilities?, _ visit: Visit, _ words: Words) -> Flash? {
        guard visit.isEditor else { return words.hindrance("reader") }
        guard thread.channel.state == .connected, let can else { return words.hindrance("channelNotConnected") }
        guard let answerable = thread.answerable else { return words.hindrance("nothingToAnswer") }
        guard can.can(answerable.visibility == .public ? .publicReply : .privateMessage) else { return words.hindrance("notOffered") }
        if let lease = thread.lease, thread.isAnswered(byOtherThan: visit.me) {
            let now = desk.clock.now()
            return words.hindrance("answering", ["name": lease.name, "time": words.moment(lease.since, now: now).text])
        }
        return nil
    }

    private func snippets(_ open: OpenConversation, _ words: Words) -> [SnippetFolder] {
        let today = open.calendar.day(of: desk.clock.now())
        return SnippetFolder.folders(of: open.snippets, today: today, isOnlyUsable: true, words)
    }

    private func reply(
        _ open: OpenConversation, _ can: Capabilities?, _ days: DayChoice, _ typed: Typed, _ signature: String?, _ words: Words
    ) async throws -> ReplyForm? {
        let (thread, draft) = (open.thread, open.draft)
        guard let can, let answered = thread.answerable, let seen = thread.seen else { return nil }
        let text = typed.reply ?? draft?.text ?? ""
        let warning = typed.warning ?? draft?.warning ?? answered.warning
        let measure = try await desk.replies.measure(
            text, signature: signature, warning: warning, answering: answered, of: thread.citizen, on: thread.channel)
        guard let measure else { return nil }
        let media = draft?.media ?? []
        return ReplyForm(
            text: text, answering: "\(seen.message)", answeringVersion: "\(seen.revision)", lastAnswer: seen.answer.map { "\($0)" } ?? "",
            audience: answered.audience, network: NetworkBadge(thread.channel.network).name, mention: measure.mention,
            signature: signature, limit: measure.limit, length: measure.length, warning: warning, media: media.map(DraftMedia.init),
            upload: UploadForm(can, used: media.count, altText: typed.altText, words: words),
            parts: measure.parts > 1 ? words.count("composer.parts", measure.parts) : nil,
            snippets: snippets(open, words), holding: days, isHolding: typed.isHolding, saved: draft.flatMap { $0.text.isEmpty ? nil : words.moment($0.savedAt, now: desk.clock.now()) }, token: Token.make())
    }
}

extension Correspondence {
    func isAnswered(byOtherThan me: ID<Colleague>) -> Bool { lease.map { $0.colleague != me } ?? false }
}

extension DraftMedia {
    init(_ media: Media) {
        self.init(
            id: "\(media.id)", name: media.name ?? "", path: "/media/\(media.id)", altText: media.altText ?? "",
            isImage: media.kind == .image)
    }
}

extension UploadForm {
    /// - Returns: `nil` where no more files can go with the draft.
    init?(_ can: Capabilities, used: Int, altText: String?, words: Words) {
        let types = can.mediaTypes.filter { $0.hasPrefix("image/") }
        guard can.can(.media), used < can.maxMedia, !types.isEmpty else { return nil }
        self.init(
            accept: types, maxBytes: can.maxImageSize, maxAltText: can.maxAltText, left: can.maxMedia - used, altText: altText,
            words: words)
    }
}
