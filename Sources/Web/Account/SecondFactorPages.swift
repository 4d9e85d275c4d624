/// A second factor that is set, on its owner's account page.
public struct SecondFactorLine: PageValue {
    let since: Moment
    /// „Noch 8 Ersatzcodes.“
    let codesLeft: String
    /// So few that new ones should be made.
    let isLow: Bool

    public init(since: Moment, codesLeft: Int, words: Words) {
        self.since = since
        self.codesLeft = words.count("secondFactor.codesLeft", codesLeft)
        self.isLow = codesLeft < 3
    }

    public static let fields: Fields<SecondFactorLine> = ["since": \.since, "codesLeft": \.codesLeft, "isLow": \.isLow]
}

/// Setting up the second factor: what the app has to know, and where its first code goes.
public struct SecondFactorPage: PageValue {
    let frame: Frame
    /// The secret to type, in groups of four.
    let secret: String
    /// Opens the app, where this page is shown on the phone.
    let link: String
    let image: QRCode?

    public init(frame: Frame, secret: String, link: String) {
        self.frame = frame
        self.secret = secret
        self.link = link
        self.image = QRCode(link)
    }

    public static let fields: Fields<SecondFactorPage> = ["frame": \.frame, "secret": \.secret, "link": \.link, "image": \.image]
}

/// The recovery codes, shown once: the desk keeps only their digests.
public struct RecoveryCodesPage: PageValue {
    let frame: Frame
    /// One a line.
    let codes: String
    /// The second factor was switched on just now, and these are its first.
    let isFirst: Bool

    public init(frame: Frame, codes: [String], isFirst: Bool) {
        self.frame = frame
        self.codes = codes.joined(separator: "\n")
        self.isFirst = isFirst
    }

    public static let fields: Fields<RecoveryCodesPage> = ["frame": \.frame, "codes": \.codes, "isFirst": \.isFirst]
}
