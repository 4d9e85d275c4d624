/// The first start: what authority this is, and who its first colleague.
public struct SetupPage: PageValue {
    let door: Door
    /// The secret of the link that the start printed.
    let token: String
    let authority: AuthorityForm
    let name: String
    let email: String
    let minimumPassword: Int

    public init(door: Door, token: String, authority: AuthorityForm, name: String = "", email: String = "", minimumPassword: Int) {
        self.door = door
        self.token = token
        self.authority = authority
        self.name = name
        self.email = email
        self.minimumPassword = minimumPassword
    }

    public static let fields: Fields<SetupPage> = [
        "door": \.door, "token": \.token, "authority": \.authority, "name": \.name, "email": \.email,
        "minimumPassword": \.minimumPassword,
    ]
}
