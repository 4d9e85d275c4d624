/// What was said of the authority at the set-up, to be corrected. For admins.
public struct AuthorityPage: PageValue {
    let frame: Frame
    let authority: AuthorityForm

    public init(frame: Frame, authority: AuthorityForm) {
        self.frame = frame
        self.authority = authority
    }

    public static let fields: Fields<AuthorityPage> = ["frame": \.frame, "authority": \.authority]
}
