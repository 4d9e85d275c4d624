import Networks

extension Audience: PageValue {
    public static let fields: Fields<Audience> = [
        "name": \.rawValue, "isPublic": { $0 == .everybody }, "isForFollowers": { $0 == .followers }, "isForOne": { $0 == .named },
    ]
}
