import Foundation

/// `/api/v2/instance`, and the older `/api/v1/instance`, which holds nearly the same elsewhere.
struct MastodonInstance: Decodable {
    let domain: String?
    let title: String?
    let version: String?
    let apiVersion: Int?
    let streaming: String?
    let maxCharacters: Int?
    let maxMedia: Int?
    let charactersPerURL: Int?
    let maxAltText: Int?
    let maxImageSize: Int?
    let mediaTypes: [String]

    enum Key: String, CodingKey {
        case domain, uri, title, version, configuration, urls, statuses, mastodon, streaming
        case apiVersions = "api_versions"
        case streamingV1 = "streaming_api"
        case maxCharactersV1 = "max_toot_chars"
        case media = "media_attachments"
        case maxCharacters = "max_characters"
        case maxMedia = "max_media_attachments"
        case charactersPerURL = "characters_reserved_per_url"
        case mediaTypes = "supported_mime_types"
        case maxAltText = "description_limit"
        case maxImageSize = "image_size_limit"
    }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        let inside = { (key: Key, from: KeyedDecodingContainer<Key>?) in try? from?.nestedContainer(keyedBy: Key.self, forKey: key) }
        let configuration = inside(.configuration, box)
        let statuses = inside(.statuses, configuration)
        let media = inside(.media, configuration)
        domain = box.text(.domain) ?? box.text(.uri)
        title = box.text(.title)
        version = box.text(.version)
        apiVersion = inside(.apiVersions, box)?.maybe(.mastodon)
        streaming = inside(.urls, configuration)?.text(.streaming) ?? inside(.urls, box)?.text(.streamingV1)
        maxCharacters = statuses?.figure(.maxCharacters, upTo: 1_000_000) ?? box.figure(.maxCharactersV1, upTo: 1_000_000)
        maxMedia = statuses?.figure(.maxMedia, upTo: 50)
        charactersPerURL = statuses?.figure(.charactersPerURL, upTo: 1000)
        maxAltText = media?.figure(.maxAltText, upTo: 100_000)
        maxImageSize = media?.figure(.maxImageSize, upTo: 1 << 30)
        mediaTypes = media?.list(.mediaTypes) ?? []
    }

    /// - Parameter streams: Found by asking, because no answer says whether a server speaks the kind of stream that we read.
    func server(at url: URL, streams: Bool, oauth: MastodonOAuthMetadata?) -> MastodonServer {
        let version = version ?? ""
        let isStock = MastodonServer.isStock(version: version, apiVersion: apiVersion)
        let host = domain.flatMap { URLComponents(string: $0)?.host ?? $0 } ?? url.host ?? ""
        return MastodonServer(
            url: url, domain: host.lowercased(), title: title?.cleanedLine ?? host, version: version, apiVersion: apiVersion,
            streamingBase: streams ? streamingBase(url) : nil, charactersPerURL: charactersPerURL ?? 23, scopes: oauth?.scopes ?? [],
            takesProofKey: oauth?.proofKeys.contains("S256") ?? false, capabilities: capabilities(streams: streams, isStock: isStock))
    }

    /// Servers that name no place for streams have them where their API is.
    func streamingBase(_ server: URL) -> URL? {
        streaming == nil ? server : MastodonServer.streamingBase(named: streaming, by: server)
    }

    private func capabilities(streams: Bool, isStock: Bool) -> Capabilities {
        Capabilities(
            abilities: [.publicReply, .privateMessage, .like, .editOwn, .deleteOwn, .media, .altText, .contentWarning, .split],
            maxLength: maxCharacters ?? 500, maxMedia: maxMedia ?? 4, maxAltText: maxAltText ?? 1500, maxImageSize: maxImageSize ?? 8 << 20,
            mediaTypes: mediaTypes.isEmpty ? ["image/jpeg", "image/png", "image/gif", "image/webp"] : mediaTypes, streams: streams,
            idempotencySeconds: isStock ? 3600 : 0, missing: streams ? [] : ["streaming"])
    }
}

/// `/.well-known/oauth-authorization-server`, since Mastodon 4.3.
struct MastodonOAuthMetadata: Decodable {
    let scopes: [String]
    let proofKeys: [String]

    enum Key: String, CodingKey {
        case scopes = "scopes_supported"
        case proofKeys = "code_challenge_methods_supported"
    }

    init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: Key.self)
        scopes = box.list(.scopes)
        proofKeys = box.list(.proofKeys)
    }
}
