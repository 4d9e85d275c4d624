import Desk
import Foundation
import Hummingbird

/// Makes pages: views, words and assets, with what surrounds them.
struct Pages: Sendable {
    let views: Views
    let catalogues: [Language: Words]
    let assets: Assets
    let plate: Plate
    let publicURL: URL
    let cookies: DeskCookies
    let clock: Clock
    /// The words of the language that is always there.
    private let german: Words

    struct NoGerman: Error {}

    init(desk: Desk, publicURL: URL, cookie: String) throws {
        let resources = try Resources()
        let catalogues = try Words.load(from: resources)
        try self.init(
            views: try Views(from: resources, words: catalogues), catalogues: catalogues, assets: try Assets(from: resources), desk: desk,
            publicURL: publicURL, cookie: cookie)
    }

    init(
        views: Views, catalogues: [Language: Words], assets: Assets, desk: Desk, publicURL: URL, cookie: String = "schalter"
    ) throws {
        guard let german = catalogues[.de] else { throw NoGerman() }
        self.german = german
        self.views = views
        self.catalogues = catalogues
        self.assets = assets
        self.publicURL = publicURL
        plate = Plate(team: desk.team)
        cookies = DeskCookies(isSecure: publicURL.scheme == "https", name: cookie)
        clock = desk.clock
    }

    func words(_ language: Language) -> Words { catalogues[language] ?? german }

    /// A link that works from outside.
    func link(_ path: String) -> String {
        publicURL.absoluteString.trimmingSuffix("/") + path
    }

    func show(_ view: String, _ value: some PageValue, in language: Language, status: HTTPResponse.Status = .ok) -> Response {
        let html = views.render(view, value, in: language)
        return Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .contentLanguage: language.rawValue],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    func door(_ language: Language, flashes: [Flash] = []) -> Door {
        Door(language: language, authority: plate.lastKnown?.name, assets: assets.version, flashes: flashes)
    }

    func problem(
        _ name: String, _ status: HTTPResponse.Status, number: String? = nil, path: String = "/inbox", for caller: Caller
    ) -> Response {
        let page = ProblemPage(name, door: door(caller.language), number: number, path: path, words: words(caller.language))
        return show("problem/page", page, in: caller.language, status: status)
    }
}

extension String {
    fileprivate func trimmingSuffix(_ end: Character) -> String {
        hasSuffix(String(end)) ? String(dropLast()) : self
    }
}
