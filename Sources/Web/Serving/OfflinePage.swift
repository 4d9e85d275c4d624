/// What the browser shows where there is no connection. It holds nothing of anybody: browsers keep it.
public struct OfflinePage: PageValue {
    let language: Language
    let assets: String

    public init(language: Language, assets: String) {
        self.language = language
        self.assets = assets
    }

    public static let fields: Fields<OfflinePage> = ["language": \.language.rawValue, "assets": \.assets]
}
