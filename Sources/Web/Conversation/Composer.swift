import Networks

/// Where an answer or a note is written. Either the answer's form, or why there is none.
public struct Composer: PageValue {
    let conversationID: String
    let query: String
    /// `nil` where nobody can answer here now.
    let reply: ReplyForm?
    /// Why there is no answer's form: who answers, what is missing.
    let hindrance: Flash?
    /// A colleague answers just now, and this one may do it instead.
    let canTakeOver: Bool
    /// What was written and can't be sent here now: to read and to copy.
    let keptDraft: String?
    /// Readers write no notes.
    let canNote: Bool
    let note: String
    /// Opens with the note instead of the answer.
    let beginsWithNote: Bool

    public init(
        conversationID: String, query: String, reply: ReplyForm?, hindrance: Flash?, canTakeOver: Bool = false, keptDraft: String? = nil, canNote: Bool,
        note: String = "",
        beginsWithNote: Bool = false
    ) {
        self.conversationID = conversationID
        self.query = query
        self.reply = reply
        self.hindrance = hindrance
        self.canTakeOver = canTakeOver
        self.keptDraft = keptDraft
        self.canNote = canNote
        self.note = note
        self.beginsWithNote = beginsWithNote
    }

    public static let fields: Fields<Composer> = [
        "conversationID": \.conversationID, "query": \.query, "reply": \.reply, "hindrance": \.hindrance, "canTakeOver": \.canTakeOver, "keptDraft": \.keptDraft,
        "canNote": \.canNote,
        "note": \.note, "beginsWithNote": { $0.beginsWithNote || $0.reply == nil }, "hasBoth": { $0.reply != nil && $0.canNote },
        "isShown": { $0.reply != nil || $0.canNote || $0.hindrance != nil },
    ]
}

/// The draft of an answer, and what has to be known to send it where it belongs.
public struct ReplyForm: PageValue {
    let text: String
    /// The message it answers, and in which version: sending checks both.
    let answering: String
    let answeringVersion: String
    /// Our own latest answer when this page was made; empty where there is none.
    let lastAnswer: String
    let audience: Audience
    let network: String
    /// What the network puts before the text and counts: `@user@host `.
    let mention: String
    /// What the desk puts behind the text when it is sent; `nil` where the writer did not choose that.
    let signature: String?
    let limit: Int
    /// As the server counted the stored draft.
    let length: Int
    /// The content warning of this answer; `nil` where the answered message had none.
    let warning: String?
    let media: [DraftMedia]
    /// `nil` where no more files can go with it.
    let upload: UploadForm?
    /// „wird in 3 Teilen gesendet“; set where the draft is too long and the network lets us split it.
    let parts: String?
    /// What can be put in, by folder.
    let folders: [SnippetFolder]
    /// By when a holding reply can promise more.
    let holding: DayChoice
    /// A holding reply was begun.
    let isHolding: Bool
    let saved: Moment?
    /// Made with the page: the same form sent twice sends once.
    let token: String

    public init(
        text: String, answering: String, answeringVersion: String, lastAnswer: String, audience: Audience,
        network: String, mention: String, signature: String? = nil,
        limit: Int, length: Int, warning: String?, media: [DraftMedia], upload: UploadForm?, parts: String?, snippets: [SnippetFolder] = [], holding: DayChoice, isHolding: Bool = false, saved: Moment?,
        token: String
    ) {
        self.text = text
        self.answering = answering
        self.answeringVersion = answeringVersion
        self.lastAnswer = lastAnswer
        self.audience = audience
        self.network = network
        self.mention = mention
        self.signature = signature
        self.limit = limit
        self.length = length
        self.warning = warning
        self.media = media
        self.upload = upload
        self.parts = parts
        self.folders = snippets
        self.holding = holding
        self.isHolding = isHolding
        self.saved = saved
        self.token = token
    }

    public static let fields: Fields<ReplyForm> = [
        "text": \.text, "answering": \.answering, "answeringVersion": \.answeringVersion, "lastAnswer": \.lastAnswer,
        "audience": \.audience.rawValue, "isPublic": { $0.audience == .everybody }, "isForFollowers": { $0.audience == .followers },
        "isForOne": { $0.audience == .named },
        "network": \.network, "mention": \.mention, "signature": \.signature, "limit": \.limit, "length": \.length,
        "isTooLong": { $0.length > $0.limit }, "hasWarning": { $0.warning != nil }, "warning": { $0.warning ?? "" }, "media": \.media,
        "hasMedia": { !$0.media.isEmpty }, "upload": \.upload, "parts": \.parts, "folders": \.folders, "holding": \.holding, "isHolding": \.isHolding,
        "saved": \.saved, "token": \.token,
    ]
}

/// A file that will go with the draft.
public struct DraftMedia: PageValue {
    let id: String
    let name: String
    let path: String
    let altText: String
    let isImage: Bool

    public init(id: String, name: String, path: String, altText: String, isImage: Bool) {
        self.id = id
        self.name = name
        self.path = path
        self.altText = altText
        self.isImage = isImage
    }

    public static let fields: Fields<DraftMedia> = [
        "id": \.id, "name": \.name, "path": \.path, "altText": \.altText, "isImage": \.isImage,
    ]
}

/// What may be added to a draft.
public struct UploadForm: PageValue {
    /// MIME types, for the file dialogue.
    let accept: String
    let maxSize: String
    let maxAltText: Int
    /// „noch 3 Dateien“.
    let left: String
    /// Typed beside a file that was refused; the form is open then.
    let altText: String?

    public init(accept: [String], maxBytes: Int, maxAltText: Int, left: Int, altText: String? = nil, words: Words) {
        self.accept = accept.joined(separator: ",")
        self.maxSize = words.size(ofBytes: maxBytes)
        self.maxAltText = maxAltText
        self.left = words.count("composer.filesLeft", left)
        self.altText = altText
    }

    public static let fields: Fields<UploadForm> = [
        "accept": \.accept, "maxSize": \.maxSize, "maxAltText": \.maxAltText, "left": \.left,
        "isOpen": { $0.altText != nil }, "altText": \.altText,
    ]
}
