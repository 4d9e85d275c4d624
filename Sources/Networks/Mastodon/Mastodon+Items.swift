import Crypto
import Foundation

/// What came in, under its key. The bytes are the network's own; only the key is read from them.
extension Mastodon {
    /// A post as an item, whoever wrote it.
    func item(status bytes: Data) -> Item {
        guard let status = try? JSONDecoder().decode(MastodonStatus.self, from: bytes) else { return nameless(bytes, verb: "status") }
        return item(status, bytes)
    }

    /// A post from the home timeline, if it concerns us: ours, an answer to us, a mention of us, or somebody's share of ours.
    func item(concerning bytes: Data) -> Item? {
        guard let status = try? JSONDecoder().decode(MastodonStatus.self, from: bytes) else { return nil }
        if let shared = status.shared.first {
            guard shared.author?.id == account.id, let by = status.author else { return nil }
            return Item(object: object(of: shared), verb: "reblog:\(object(of: by))", version: "", bytes: bytes)
        }
        return concerns(status) ? item(status, bytes) : nil
    }

    private func concerns(_ status: MastodonStatus) -> Bool {
        status.author?.id == account.id || status.parentAuthorID == account.id || status.mentions.contains { $0.id == account.id }
    }

    /// - Returns: `nil` for what is nothing to a desk.
    func item(notification bytes: Data) -> Item? {
        guard let notification = try? JSONDecoder().decode(MastodonNotification.self, from: bytes) else {
            return nameless(bytes, verb: "notification")
        }
        switch (notification.meaning, notification.status) {
        case (.irrelevant, _): return nil
        case (.message, let status?): return item(status, bytes)
        case (.perhapsMessage, let status?): return concerns(status) ? item(status, bytes) : nil
        case (.reaction, let status?):
            let by = notification.account.map { object(of: $0) } ?? ""
            let verb = notification.type == "reblog" ? "reblog" : "favourite"
            return Item(object: object(of: status), verb: "\(verb):\(by)", version: "", bytes: bytes)
        case (.message, nil), (.perhapsMessage, nil), (.reaction, nil), (.unknown, _):
            guard let id = notification.id else { return nameless(bytes, verb: "notification") }
            return Item(object: "\(root)/notifications/\(id)", verb: "notification", version: "", bytes: bytes)
        }
    }

    /// The newest post of a correspondence, or of what the account's policy filtered out.
    func item(lastOf bytes: Data) -> Item? {
        guard let last = JSONSlices.value(of: "last_status", in: bytes), last != Data("null".utf8) else { return nil }
        return item(status: last)
    }

    func item(deletionOf localID: String) -> Item {
        Item(object: "id:\(localID)", verb: "delete", version: "", bytes: Data(localID.utf8))
    }

    private func item(_ status: MastodonStatus, _ bytes: Data) -> Item {
        guard status.uri ?? status.url ?? status.id != nil else { return nameless(bytes, verb: "status") }
        // A poll's end is a version of its own, so that its result is seen.
        let version = (status.editedAt ?? "") + (status.poll?.isOver == true ? "poll over" : "")
        return Item(object: object(of: status), verb: "status", version: version, bytes: bytes)
    }

    /// Its bytes are all there is to tell it by.
    private func nameless(_ bytes: Data, verb: String) -> Item {
        Item(object: "bytes:\(fingerprint(of: bytes))", verb: verb, version: "", bytes: bytes)
    }

    func object(of status: MastodonStatus) -> String { bounded(status.uri ?? status.url ?? "\(root)/statuses/\(status.id ?? "")") }

    func object(of by: MastodonStatus.Account) -> String {
        bounded(by.uri ?? by.url ?? by.acct.map { "acct:\(handle($0))" } ?? "\(root)/accounts/\(by.id ?? "")")
    }

    /// A name that fits into an index; of a longer one its digest.
    private func bounded(_ name: String) -> String {
        name.utf8.count <= 500 ? name : "digest:\(fingerprint(of: Data(name.utf8)))"
    }

    /// Accounts of the own server come without a host.
    func handle(_ acct: String) -> String {
        let acct = acct.cleanedLine.cut(to: 320)
        return acct.contains("@") ? acct : "\(acct)@\(account.server.domain)"
    }

    private var root: String {
        let text = account.server.url.absoluteString
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}

/// The digest, for what has no other name.
private func fingerprint(of bytes: Data) -> String {
    SHA256.hash(data: bytes).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
}
