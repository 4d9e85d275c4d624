/// Signing in with e-mail address and password.
public struct SignInPage: PageValue {
    let door: Door
    /// What was typed before, so that only the password has to be typed again.
    let email: String
    /// Where to go afterwards, a path on this host.
    let next: String

    public init(door: Door, email: String = "", next: String = "") {
        self.door = door
        self.email = email
        self.next = next
    }

    public static let fields: Fields<SignInPage> = ["door": \.door, "email": \.email, "next": \.next]
}

/// After the password or the one-time link, where a second factor is set.
public struct CodePage: PageValue {
    let door: Door
    /// Where to go afterwards, a path on this host.
    let next: String

    public init(door: Door, next: String = "") {
        self.door = door
        self.next = next
    }

    public static let fields: Fields<CodePage> = ["door": \.door, "next": \.next]
}

/// Behind a one-time link. Looking at it uses nothing up: mail programs look at links too.
public struct OneTimeLinkPage: PageValue {
    let door: Door
    /// The secret of the link, which the form sends back.
    let token: String
    let email: String
    /// Perhaps forgotten; who has none yet is advised to choose one.
    let hasPassword: Bool
    let minimumPassword: Int

    public init(door: Door, token: String, email: String, hasPassword: Bool, minimumPassword: Int) {
        self.door = door
        self.token = token
        self.email = email
        self.hasPassword = hasPassword
        self.minimumPassword = minimumPassword
    }

    public static let fields: Fields<OneTimeLinkPage> = [
        "door": \.door, "token": \.token, "email": \.email, "hasPassword": \.hasPassword,
        "minimumPassword": \.minimumPassword,
    ]
}
